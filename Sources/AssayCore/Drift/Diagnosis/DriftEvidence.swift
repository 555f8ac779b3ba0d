/// What moved in a comparison, sorted by what it is evidence of.
struct DriftEvidence {
  /// What a feature tells about.
  enum Subject: CaseIterable {
    /// How files are made.
    case files
    /// Which fields there are and of which kind.
    case table
    /// Which camera took the image.
    case camera
    /// How images look.
    case pixels
    /// What fields, measurements and embeddings say.
    case values
    /// When records are from.
    case times
    /// What follows from anything else.
    case consequence

    /// For a report: `how files are made`.
    var words: String {
      switch self {
      case .files: "how files are made"
      case .table: "which fields there are"
      case .camera: "the camera"
      case .pixels: "how images look"
      case .values: "what fields say"
      case .times: "when records are from"
      case .consequence: ""
      }
    }
  }

  /// Scores of the whole set.
  private let whole: [DriftScore]
  /// Those that say more than chance, the strongest first.
  let moved: [DriftScore]
  private let repeated: RepeatedShare

  init(_ scores: [DriftScore], repeated: RepeatedShare) {
    whole = scores.filter { $0.slice == nil }
    moved = whole.filter { [.alarm, .warn].contains($0.status) }.sorted { Self.isStronger($0, $1) }
    self.repeated = repeated
  }

  /// Alarms first, then by the effect that is counted in shares of records, then as they came.
  static func isStronger(_ left: DriftScore, _ right: DriftScore) -> Bool {
    func rank(_ score: DriftScore) -> (Int, Double) {
      (score.status == .alarm ? 0 : 1, -(score.measures.first { $0.floor != nil }?.statistic ?? 0))
    }
    return rank(left) == rank(right) ? left.question < right.question : rank(left) < rank(right)
  }

  static func text(_ score: DriftScore) -> String { "\(score.feature)\(score.roleText): \(score.movement)" }

  // MARK: Subjects

  /// Facts about the subject, one a feature.
  func facts(of subject: Subject) -> [String] { moved.filter { Self.subject($0) == subject }.map(Self.text) }

  /// Subjects that were compared and did not move.
  var unmoved: [String] {
    let asked: [Subject] = [.files, .camera, .pixels, .values]
    return asked.filter { subject in
      facts(of: subject).isEmpty && whole.contains { $0.status == .pass && Self.subject($0) == subject }
    }.map(\.words)
  }

  private static let files: Set<String> = [
    "format", "extension", "width", "height", "resolution", "aspect", "channels", "bit_depth", "color_model",
    "orientation", "jpeg_quality", "jpeg_tables", "jpeg_subsampling", "jpeg_progressive", "png_color_type",
    "png_interlaced", "exif_software", "icc", "gps", "gray_exact", "near_gray", "transparent", "outcome",
  ]

  static func subject(_ score: DriftScore) -> Subject {
    let parts = score.feature.split(separator: ".", maxSplits: 1).map(String.init)
    switch score.aspect {
    case .hours, .weekdays: return .times
    case .kinds, .lengths: return .table
    case .values, .presence: break
    }
    if parts.first == "field" || score.feature.contains("/") {
      return score.aspect == .presence ? .table : .values
    }
    guard parts.count == 2 else { return .table }
    return subject(ofImage: parts[1], score.aspect)
  }

  private static func subject(ofImage name: String, _ aspect: ComparedFeature.Aspect) -> Subject {
    // A fact that came or went, as metadata that is stripped, is the doing of whatever writes the file.
    if name == "exif_make" || name == "exif_model" { return aspect == .presence ? .files : .camera }
    if files.contains(name) { return .files }
    // The size of a file follows from all that is in it.
    return name == "bytes" ? .consequence : .pixels
  }

  // MARK: Single causes

  /// Why shares alone explain it; nil if they do not.
  var mix: [String]? {
    let splits = moved.flatMap(\.splits)
    let byShares = splits.filter { $0.kind == .mix }
    guard !byShares.isEmpty, byShares.count * 2 >= splits.count,
      byShares.count > splits.count(where: { $0.kind == .within || $0.kind == .both })
    else { return nil }
    let strata = Set(byShares.map(\.by))
    let shares = moved.filter { strata.contains($0.feature) }.map(Self.text)
    return shares + ["\(byShares.count) of \(counted(splits.count, "moved feature")) move by shares alone"]
  }

  /// Why records are drawn otherwise; nil if they are not.
  var sampling: [String]? {
    let rose = repeated.current - repeated.reference
    let times = facts(of: .times)
    let copies =
      "records whose content is repeated: \(DisplayNumber.percent(repeated.reference)) -> "
      + DisplayNumber.percent(repeated.current)
    if rose >= 0.05 { return [copies] + times }
    return times.isEmpty ? nil : times
  }

  /// The fact that channels came in another order; empty if they did not.
  func exchangedChannels(_ order: ChannelOrder?) -> [String] {
    guard order?.isExchanged == true, let joint = moved.first(where: { $0.feature == "image.red_blue" })
    else {
      return []
    }
    return ["\(Self.text(joint)); as if red and blue were exchanged"]
  }
}
