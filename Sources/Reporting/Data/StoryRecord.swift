import ExceptionDetection
import Tables
import TimeSeries

/// The parts of a story that are lists: only JSON has them as such.
enum StoryRecord {
  /// What one area adds.
  struct Contribution: Encodable {
    let area: String
    let observed: Double
    let expected: Double
    let excess: Double

    init(_ part: Story.Contribution) {
      area = part.area
      observed = part.observed
      expected = significant(part.expected)
      excess = significant(part.excess)
    }
  }

  /// An episode of one area that is told as part of the story.
  struct Within: Encodable {
    let uniqueId: String
    let onset: String
    let opened: String
    let last: String

    init(_ episode: Episode, style: PeriodStyle) {
      uniqueId = episode.key.uniqueID
      onset = style.format(episode.onset)
      opened = style.format(episode.opened)
      last = style.format(episode.last)
    }
  }
}
