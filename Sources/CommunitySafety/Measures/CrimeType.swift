/// The crime types of data.police.uk since 2013, by their published names.
public enum CrimeType: String, CaseIterable, Hashable, Sendable {
  case antiSocialBehaviour = "Anti-social behaviour"
  case bicycleTheft = "Bicycle theft"
  case burglary = "Burglary"
  case criminalDamageAndArson = "Criminal damage and arson"
  case drugs = "Drugs"
  case otherCrime = "Other crime"
  case otherTheft = "Other theft"
  case possessionOfWeapons = "Possession of weapons"
  case publicOrder = "Public order"
  case robbery = "Robbery"
  case shoplifting = "Shoplifting"
  case theftFromThePerson = "Theft from the person"
  case vehicleCrime = "Vehicle crime"
  case violenceAndSexualOffences = "Violence and sexual offences"
}
