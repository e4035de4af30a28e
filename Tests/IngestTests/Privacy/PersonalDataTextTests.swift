import Testing

@testable import Ingest

@Suite struct PersonalDataTextTests {
  private func find(_ text: String, isIdentifier: Bool = false) -> (PersonalDataKind, PersonalDataText.Weight)? {
    Array(text.utf8).withUnsafeBufferPointer { PersonalDataText.find($0, isIdentifier: isIdentifier) }
  }

  @Test(
    arguments: [
      ("j.smith@example.org", PersonalDataKind.email), ("write to a_b@mail.example.co.uk please", .email),
      ("07700 900123", .phone), ("+447700900123", .phone), ("(01865) 496000", .phone), ("tel 020 7946 0018", .phone),
      ("OX4 1AB", .postcode), ("12 Example, OX41 4AB", .postcode), ("SW1A 1AA", .postcode), ("ox4 1ab", .postcode),
      ("OX41AB", .postcode), ("12 High Street", .address), ("Flat 3, 14a Marsh Lane Oxford", .address),
      ("DOB 01/02/1980", .birth), ("born 1 Feb 1980", .birth), ("Mr J Smith", .name),
      ("reported by Mrs. O'Neill", .name),
    ]) func certain(text: String, kind: PersonalDataKind)
  {
    let found = find(text)
    #expect(found?.0 == kind, "\(text)")
    #expect(found?.1 == .certain)
  }

  @Test(arguments: ["John Smith", "SMITH, Sarah", "Mary Ann Jones", "David O'Neill"]) func likelyNames(text: String) {
    let found = find(text)
    #expect(found?.0 == .name && found?.1 == .likely)
  }

  @Test(
    arguments: [
      "E01028550", "E07000178", "W01001941", "Oxford 008B", "Cherwell 012A", "OX4", "OX4 1", "OX14 4", "SW1A",
      "43240012345", "4324/01234567", "TVP-43240012345-24", "URN 1234/05JAN24", "SIM-000123", "2024-03-05",
      "2024-03-05 10:22:33", "05-03-2024 10:22", "05/03/2024", "2024-03-05T10:22:33Z", "100121234567", "010012345678",
      "10023456789", "451234.5", "-1.25432", "51.752021", "Anti-social behaviour", "Violence and sexual offences",
      "personal", "Theft from the Person", "Criminal Damage", "High Street", "On or near High Street", "St Mary's Ward",
      "Victoria Park", "James Street", "St John Street", "Thames Valley Police", "Royal Berkshire Fire", "P3f9a0b12cd",
      "Lab12ef9034", "2", "1,204", "A34 northbound", "Junction 9", "3 offenders", "10 to 15 youths", "999", "101",
      "Unit 2 Business Centre", "Mrs", "Dr", "born", "Class A", "Section 5", "6 Month Order", "NULL", "@night",
    ]) func harmless(text: String)
  {
    #expect(find(text) == nil, "\(text)")
  }

  @Test func lettersAndDigitsOfIdentifiersFallByChance() {
    #expect(find("OX41AB", isIdentifier: true)?.1 == .likely)
    #expect(find("0123456789", isIdentifier: true) == nil && find("01865496000", isIdentifier: true) == nil)
    #expect(find("07700900123", isIdentifier: true)?.1 == .likely)
    #expect(find("OX4 1AB", isIdentifier: true)?.1 == .certain)
  }

  @Test(
    arguments: [
      ("victim_name", PersonalDataKind.name), ("Surname", .name), ("firstName", .name), ("Name", .name),
      ("caller email", .email), ("E-Mail", .email), ("Phone", .phone), ("mobile_no", .phone), ("DOB", .birth),
      ("date_of_birth", .birth), ("victimDateOfBirth", .birth), ("address_1", .address), ("Street Address", .address),
      ("house_number", .address), ("nhs_number", .number), ("Offender Full Name", .name),
    ]) func headersOfPersonalData(name: String, kind: PersonalDataKind)
  {
    #expect(PersonalDataHeader.kind(of: name) == kind)
  }

  @Test(
    arguments: [
      "source", "incident_ref", "date_reported", "date_occurred", "category", "qualifier", "area_code",
      "person_pseudonym", "location_pseudonym", "area_name", "Ward name", "lsoa_name", "postcode_sector", "postcode",
      "offence_name", "force name", "urn", "uprn", "name_hash", "weapon", "sentiment", "mailing", "addressee_type",
    ]) func headersOfOtherData(name: String)
  {
    #expect(PersonalDataHeader.kind(of: name) == nil)
  }
}
