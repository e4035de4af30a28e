import ArgumentParser
import Foundation
import Testing

@testable import HorizonCLI

/// What somebody reads who meets the program for the first time.
@Suite struct HelpTests {
  /// Every command with the words that call it.
  private static let commands: [(path: [String], type: any ParsableCommand.Type)] = all(Horizon.self, [])

  private static func all(
    _ type: any ParsableCommand.Type, _ above: [String]
  ) -> [(path: [String], type: any ParsableCommand.Type)] {
    let path = above + [type._commandName]
    return [(path, type)] + type.configuration.subcommands.flatMap { all($0, path) }
  }

  @Test func everyCommandHasOneExampleThatIsOfItAndIsUnderstood() throws {
    #expect(HelpTests.commands.count > 30)
    for (path, type) in HelpTests.commands {
      let examples = type.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("Example: ") }
      #expect(examples.count == 1, "\(path)")
      guard let example = examples.first?.dropFirst("Example: ".count) else { continue }
      let words = HelpTests.words(String(example))
      #expect(words.starts(with: path), "\(path): \(example)")
      #expect(throws: Never.self, "\(example)") { try Horizon.parseAsRoot(Array(words.dropFirst())) }
    }
  }

  @Test func everyCommandSaysWhatItDoes() {
    for (path, type) in HelpTests.commands {
      #expect(type.configuration.abstract.hasSuffix("."), "\(path)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionScriptsAreMade(shell: String) throws {
    let script = try HorizonProcess(["--generate-completion-script", shell])
    #expect(script.exitCode == 0)
    for word in ["scorecard", "test-rule", "false-rate"] {
      #expect(script.output.contains(word), "\(shell): \(word)")
    }
  }

  /// Words as a shell splits them, with double quotes and nothing else.
  private static func words(_ text: String) -> [String] {
    var (words, word, isQuoted) = ([String](), "", false)
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case " " where !isQuoted:
        words.append(word)
        word = ""
      default: word.append(character)
      }
    }
    return words + [word]
  }
}
