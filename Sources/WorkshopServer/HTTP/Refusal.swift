/// Why a request is not answered as it was asked, in words for whoever asked.
struct Refusal: Error, Sendable {
  let status: Int
  let title: String
  let text: String
  let headers: [(name: String, value: String)]

  init(_ status: Int, _ title: String, _ text: String, headers: [(name: String, value: String)] = []) {
    (self.status, self.title, self.text, self.headers) = (status, title, text, headers)
  }

  static let notFound = Refusal(404, "There is no such page", "Go back, or begin at the start.")
  static let watching = Refusal(
    403, "This browser only watches",
    "It joined for the projector. To score, leave at the start page and join with a name.")
}
