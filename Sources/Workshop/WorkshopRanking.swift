import CommunitySafety
import NumericCore
import RiskRanking

/// The problems of a pack ranked again by what people scored: impact by people, likelihood by data. What no series shows stands in the
/// same order, its basis marked.
public struct WorkshopRanking: Sendable {
  /// What a row rests on.
  public enum Basis: String, CaseIterable, Sendable, Hashable {
    /// A series of the pack.
    case series = "recorded figures"
    /// A person of the workshop.
    case people = "people's judgement"
    /// The register of signals.
    case signal = "signals register"
  }

  /// A row of the ranking.
  public struct Item: Sendable {
    /// The problem's code; of other rows one of their own.
    public let code: String
    /// The measure or risk, by the name people see.
    public let title: String
    /// Empty for all places.
    public let place: String
    /// What it rests on.
    public let basis: Basis
    /// From 1 to 4; nil where it cannot be said.
    public let likelihood: Double?
    /// Before the workshop, as the pack's scoring profile has it; nil where nothing was known of it.
    public let impactBefore: Double?
    /// Whether that waited for a person.
    public let wasProvisional: Bool
    /// What people made of it; nil where nobody scored it.
    public let merged: MergedScore?
    /// Of a row that no series shows, by those who brought it.
    public let ownImpact: Double?
    /// Median of the capacity, beside the score; nil where nobody scored it.
    public let capacity: Double?
    /// Rank before any score.
    public fileprivate(set) var rankBefore: Int?
    /// Rank with the scores.
    public fileprivate(set) var rank: Int?
    /// Rank among the rows of its place.
    public fileprivate(set) var rankInPlace: Int?
    /// Who moved it most: the person without whom its rank would differ most, and that rank; nil where nobody's score alone did.
    public fileprivate(set) var decisive: (scorer: Scorer, rankWithout: Int?)?
    /// How its rank varies with who is asked; nil where nothing can vary.
    public fileprivate(set) var stability: Stability?

    /// The impact it is ranked by.
    public var impact: Double? { merged?.impact ?? ownImpact ?? impactBefore }
    /// Whether its impact is nobody's yet.
    public var isProvisional: Bool { merged == nil && wasProvisional }
    /// Impact times likelihood; nil where either is not known.
    public var score: Double? { impact.flatMap { impact in likelihood.map { impact * $0 } } }
    /// Places up the order, where it had a rank before and has one now.
    public var move: Int? { rankBefore.flatMap { before in rank.map { before - $0 } } }
  }

  /// How a rank varies over panels drawn from those who scored.
  public struct Stability: Sendable, Hashable {
    /// The rank that one panel in ten is above, and the one that one in ten is below.
    public let (best, worst): (Int, Int)
    /// Share of panels in which it is among the first ten.
    public let topTen: Double
  }

  /// In the order of the ranking; rows without a rank last.
  public let items: [Item]
  /// Opinions by problem.
  public let opinions: [String: [Opinion]]
  /// Signals that have expired and are not ranked.
  public let expired: [Signal]

  /// Panels that are drawn for ``Stability``.
  public static let panels = 400

  /// The ranking of a pack under a record of scores.
  ///
  /// Stability: panels of as many people as scored are drawn with replacement from them, from a fixed seed; what none of a panel scored
  /// keeps the score of all.
  public init(_ evidence: PackEvidence, _ record: WorkshopRecord) {
    let byCode = Dictionary(grouping: record.opinions, by: \.code)
    opinions = byCode
    expired = evidence.signals.filter { $0.hasExpired(by: evidence.facts.lastDay) }
    var items = WorkshopRanking.items(evidence, record, byCode)

    let before = WorkshopRanking.ranks(items.map { WorkshopRanking.before($0) })
    let all = WorkshopRanking.ranks(items.map(\.score))
    for i in items.indices { (items[i].rankBefore, items[i].rank) = (before[i], all[i]) }
    WorkshopRanking.findDecisive(&items, byCode, record.scorers, evidence.weight)
    WorkshopRanking.findStability(&items, byCode, record.scorers, evidence.weight)

    let order = items.indices.sorted { a, b in
      switch (items[a].rank, items[b].rank) {
      case (let x?, let y?): x != y ? x < y : a < b
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): a < b
      }
    }
    var inPlace: [String: Int] = [:]
    for i in order where items[i].rank != nil {
      inPlace[items[i].place, default: 0] += 1
      items[i].rankInPlace = inPlace[items[i].place]
    }
    self.items = order.map { items[$0] }
  }

  /// Rows that moved, the furthest first, then those that have a rank only now.
  public var moved: [Item] {
    items.filter { $0.rank != nil && $0.rank != $0.rankBefore }
      .sorted { a, b in
        let (x, y) = (a.move.map { Int($0.magnitude) } ?? -1, b.move.map { Int($0.magnitude) } ?? -1)
        return x != y ? x > y : (a.rank ?? 0) < (b.rank ?? 0)
      }
  }

  // MARK: Rows

  private static func items(
    _ evidence: PackEvidence, _ record: WorkshopRecord, _ byCode: [String: [Opinion]]
  ) -> [Item] {
    var items = evidence.problems.map { problem in
      let own = byCode[problem.code] ?? []
      return Item(
        code: problem.code, title: problem.title, place: problem.place, basis: .series,
        likelihood: problem.scoring.likelihood, impactBefore: problem.scoring.impact,
        wasProvisional: problem.scoring.isProvisional,
        merged: MergedScore(own, weight: evidence.weight), ownImpact: nil, capacity: median(own.compactMap(\.capacity)))
    }
    for signal in evidence.signals where !signal.hasExpired(by: evidence.facts.lastDay) {
      let places = signal.places.filter { name in evidence.places.contains { $0.name == name } }
      for place in signal.places.isEmpty ? [""] : places {
        items.append(
          Item(
            code: "signal:\(signal.id)\(place.isEmpty ? "" : ":\(place)")", title: signal.name, place: place,
            basis: .signal, likelihood: signal.likelihood.grade, impactBefore: nil, wasProvisional: false,
            merged: nil,
            ownImpact: Double(signal.impact), capacity: nil))
      }
    }
    // What several people bring under one name is one risk, at their medians.
    for (key, risks) in Dictionary(grouping: record.brought, by: \.key).sorted(by: { $0.key < $1.key }) {
      let grades = risks.compactMap { $0.likelihood?.grade }.sorted()
      let likelihood = grades.isEmpty ? nil : (grades[(grades.count - 1) / 2] + grades[grades.count / 2]) / 2
      items.append(
        Item(
          code: "brought:\(key)", title: risks[0].title, place: risks[0].area, basis: .people, likelihood: likelihood,
          impactBefore: nil, wasProvisional: false, merged: nil, ownImpact: median(risks.compactMap(\.impact)),
          capacity: nil))
    }
    return items
  }

  private static func median(_ numbers: [Int]) -> Double? {
    numbers.isEmpty ? nil : MergedScore.median(numbers.sorted())
  }

  /// The score before the workshop: of what people bring there was none.
  private static func before(_ item: Item) -> Double? {
    switch item.basis {
    case .series: item.impactBefore.flatMap { impact in item.likelihood.map { impact * $0 } }
    case .signal: item.score
    case .people: nil
    }
  }

  /// Ranks from 1 by descending score; equal scores in the order of the rows. None without a score.
  private static func ranks(_ scores: [Double?]) -> [Int?] {
    let order = scores.indices.filter { scores[$0] != nil }
      .sorted { a, b in
        let (x, y) = (scores[a] ?? 0, scores[b] ?? 0)
        return x != y ? x > y : a < b
      }
    var ranks = [Int?](repeating: nil, count: scores.count)
    for (rank, i) in order.enumerated() { ranks[i] = rank + 1 }
    return ranks
  }

  // MARK: Whose score, and how firm

  private static func findDecisive(
    _ items: inout [Item], _ byCode: [String: [Opinion]], _ scorers: [Scorer],
    _ weight: (HarmScale.Dimension) -> Double
  ) {
    for scorer in scorers {
      let scores = items.map { item -> Double? in
        guard item.basis == .series, let own = byCode[item.code], own.contains(where: { $0.scorer == scorer }) else {
          return item.score
        }
        let rest = MergedScore(own.filter { $0.scorer != scorer }, weight: weight)
        return (rest?.impact ?? item.impactBefore).flatMap { impact in item.likelihood.map { impact * $0 } }
      }
      let without = ranks(scores)
      for i in items.indices {
        guard let rank = items[i].rank, rank != items[i].rankBefore, without[i] != rank,
          byCode[items[i].code]?.contains(where: { $0.scorer == scorer && $0.hasScore }) == true
        else { continue }
        let distance = without[i].map { ($0 - rank).magnitude } ?? .max
        let known = items[i].decisive.map { $0.rankWithout.map { ($0 - rank).magnitude } ?? .max }
        if known.map({ distance > $0 }) ?? true { items[i].decisive = (scorer, without[i]) }
      }
    }
  }

  private static func findStability(
    _ items: inout [Item], _ byCode: [String: [Opinion]], _ scorers: [Scorer],
    _ weight: (HarmScale.Dimension) -> Double
  ) {
    let scored = scorers.filter { scorer in
      byCode.values.contains { $0.contains { $0.scorer == scorer && $0.hasScore } }
    }
    guard scored.count > 1 else { return }
    let index = Dictionary(uniqueKeysWithValues: scored.enumerated().map { ($1, $0) })
    let dimensions = HarmScale.Dimension.allCases
    let weights = dimensions.map(weight)
    // Of each problem that was scored: by dimension who gave what.
    let votes = items.map { item in
      dimensions.map { dimension in
        (byCode[item.code] ?? []).compactMap { opinion -> (who: Int, score: Int)? in
          guard let who = index[opinion.scorer], let score = opinion.score(dimension) else { return nil }
          return (who, score)
        }
      }
    }
    var random = RandomSource(seed: 20_190_401)
    var ranksOf = items.map { _ in [Int]() }
    var drawn: [Int] = []
    for _ in 0..<panels {
      var times = [Int](repeating: 0, count: scored.count)
      for _ in scored { times[Int(random.next() % UInt64(scored.count))] += 1 }
      let scores = items.indices.map { i -> Double? in
        guard items[i].merged != nil else { return items[i].score }
        var (sum, total) = (0.0, 0.0)
        for (votes, weight) in zip(votes[i], weights) {
          drawn.removeAll(keepingCapacity: true)
          for vote in votes { for _ in 0..<times[vote.who] { drawn.append(vote.score) } }
          guard !drawn.isEmpty else { continue }
          drawn.sort()
          sum += weight * MergedScore.median(drawn)
          total += weight
        }
        guard total > 0 else { return items[i].score }
        return items[i].likelihood.map { sum / total * $0 }
      }
      for (i, rank) in ranks(scores).enumerated() { if let rank { ranksOf[i].append(rank) } }
    }
    for i in items.indices where !ranksOf[i].isEmpty {
      let sorted = ranksOf[i].sorted()
      let last = sorted.count - 1
      items[i].stability = Stability(
        best: sorted[last / 10], worst: sorted[last - last / 10],
        topTen: Double(sorted.count { $0 <= 10 }) / Double(sorted.count))
    }
  }
}
