import Diagnostics

/// What is known of the sources that data comes from (`Models/sources.yaml`): who owns them, who may see what is made of
/// them, and what they can and cannot support.
public struct SourceRegister: Sendable, Hashable {
  /// Who may see a source and what is made of it.
  public enum Sharing: String, CaseIterable, Hashable, Sendable {
    /// Everybody.
    case `public`
    /// The partners of the partnership.
    case partners
    /// Those who analyse it.
    case restricted
  }

  /// For whom outputs are made.
  public enum Audience: String, CaseIterable, Hashable, Sendable {
    case `public`, partners, `internal`

    /// Whether what comes from a source of this sharing may reach the audience.
    public func maySee(_ sharing: Sharing) -> Bool {
      switch self {
      case .public: sharing == .public
      case .partners: sharing != .restricted
      case .internal: true
      }
    }
  }

  /// A source.
  public struct Entry: Sendable, Hashable {
    /// Short identifier, unique in the register.
    public let id: String
    /// Name that people read.
    public let name: String
    /// File names it comes under, with `*` for any characters and `?` for one.
    public let matches: [String]
    /// Kinds of input that come from it whatever their file names: `police.uk`.
    public let layouts: [String]
    /// Who owns it.
    public let owner: String
    /// Who may see what is made of it.
    public let sharing: Sharing
    /// How long it may be kept.
    public let retention: String
    /// How often it comes.
    public let cadence: String
    /// What can be said from it.
    public let supports: [String]
    /// What cannot.
    public let cannotSupport: [String]
    /// Its licence or agreement.
    public let licence: String

    /// A source.
    public init(
      id: String, name: String, matches: [String], layouts: [String] = [], owner: String, sharing: Sharing,
      retention: String, cadence: String, supports: [String], cannotSupport: [String], licence: String
    ) {
      self.id = id
      self.name = name
      self.matches = matches
      self.layouts = layouts
      self.owner = owner
      self.sharing = sharing
      self.retention = retention
      self.cadence = cadence
      self.supports = supports
      self.cannotSupport = cannotSupport
      self.licence = licence
    }
  }

  /// The sources, in file order.
  public let entries: [Entry]

  /// A register.
  public init(entries: [Entry] = []) { self.entries = entries }

  /// How a file in no entry may be shared.
  public static let unregisteredSharing = Sharing.partners

  /// The source of a file: the first that matches its name, else the first whose layout it has.
  ///
  /// - Parameters:
  ///   - file: name or path; only what follows the last `/` counts.
  ///   - layout: the kind of input that was recognised.
  public func entry(file: String, layout: String) -> Entry? {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return entries.first { entry in entry.matches.contains { SourceRegister.glob($0, matches: name) } }
      ?? entries.first { $0.layouts.contains(layout) }
  }

  /// Refuses to make outputs for an audience that may not see one of the files.
  ///
  /// - Throws: `HorizonError` of kind data that names the source, its owner and the option.
  public func check(files: [String], layout: String, audience: Audience) throws {
    for file in files {
      let entry = entry(file: file, layout: layout)
      let sharing = entry?.sharing ?? SourceRegister.unregisteredSharing
      if audience.maySee(sharing) { continue }
      let what =
        entry.map { "\"\($0.name)\", which belongs to \($0.owner), is \($0.sharing.words)" }
        ?? "it is in no register of sources and counts as for partners"
      let wider = Audience.allCases.reversed().filter { $0.maySee(sharing) }.map { "--audience \($0.rawValue)" }
      throw HorizonError(
        .data, "\(what), and may not go into outputs with --audience \(audience.rawValue); nothing was written",
        at: .init(file: file),
        remedy: entry == nil
          ? "Register it with --sources, or say \(wider.joined(separator: " or "))"
          : "Leave the file out, ask its owner, or say \(wider.joined(separator: " or "))")
    }
  }

  /// Whether `name` has the form of `pattern`, without regard to case.
  ///
  /// Not by `fnmatch(3)`, for which `?` is a byte or a character by the locale of the process, and `[` and `\` in the
  /// names of files mean something.
  public static func glob(_ pattern: String, matches name: String) -> Bool {
    let (pattern, name) = (Array(pattern.lowercased().unicodeScalars), Array(name.lowercased().unicodeScalars))
    var (p, n) = (0, 0)
    // Where to go on after the last star, if what follows it does not fit.
    var retry: (p: Int, n: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        retry = (p + 1, n)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let last = retry {
        retry = (last.p, last.n + 1)
        (p, n) = (last.p, last.n + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}

extension SourceRegister.Sharing {
  /// As it stands in a sentence: "for partners only".
  public var words: String {
    switch self {
    case .public: "public"
    case .partners: "for partners only"
    case .restricted: "restricted"
    }
  }
}
