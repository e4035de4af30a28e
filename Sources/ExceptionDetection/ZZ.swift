public enum Explanation { public static func text(for t: PeriodTest) -> String { "" } }
