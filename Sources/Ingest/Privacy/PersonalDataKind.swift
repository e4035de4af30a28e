/// Kinds of personal data that have no place in an extract of incidents.
enum PersonalDataKind: String, CaseIterable, Sendable {
  case name = "names of people"
  case postcode = "full postcodes"
  case phone = "telephone numbers"
  case email = "e-mail addresses"
  case birth = "dates of birth"
  case address = "street addresses"
  case number = "numbers that identify people"
}
