import ArgumentParser
import ModelFiles
import Session
import Tables

/// `horizon profile`: the files under `Models/`.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Lists, shows, exports and checks the model files an analyst may edit.",
    discussion: "Example: horizon profile export --out models",
    subcommands: [List.self, Show.self, Export.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the built-in model files.", discussion: "Example: horizon profile list")
    func run() throws {
      for file in ModelFile.allCases { try Console.output(Array("\(file.fileName)\n".utf8)) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a built-in model file.", discussion: "Example: horizon profile show breaks.yaml")
    @Argument(help: "Name of the file, such as breaks.yaml.")
    var file: ModelFile
    func run() throws { try Console.output(Array(file.builtInText.utf8)) }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the built-in model files to a folder, for editing.",
      discussion: "Example: horizon profile export --out models")
    @Option(name: .shortAndLong, help: "New or empty folder to write.")
    var out: String
    func run() throws {
      try OutputFolder.check(out, replacing: nil)
      let files = ModelFile.allCases.map { OutputFile(path: $0.fileName, text: $0.builtInText) }
      try OutputFolder.write(files, to: out, replacing: nil)
      Console.note("Wrote \(files.count) files to \(out); use them with --models \(out).", quiet: false)
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks edited model files; the first error names its line.",
      discussion: "Example: horizon profile check models")
    @Argument(help: "Folder of model files.")
    var folder: String
    func run() throws {
      let reference = try ReferenceFiles.load(folder: folder)
      let files = try ReferenceFiles.edited(in: folder)
      for line in files.map({ reference.summary(of: $0) }) { Console.note(line, quiet: false) }
      Console.note("\(folder) is in order.", quiet: false)
    }
  }
}

extension ModelFile: ExpressibleByArgument {
  /// By file name, with or without its ending.
  public init?(argument: String) {
    guard
      let file = ModelFile.allCases.first(where: { $0.fileName == argument || $0.fileName.hasPrefix(argument + ".") })
    else { return nil }
    self = file
  }
}
