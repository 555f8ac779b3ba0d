import AssayCore
import AssayTestSupport
import Testing

struct MetricTallyTests {
  private static let roles: [Role: String] = [
    .label: "l", .prediction: "p", .confidence: "c", .corrected: "f",
  ]
  private static let metrics: [Metric] = [
    .accuracy, .confident(above: 0.8), .correctionRate, .calibration,
  ]

  static func record(
    _ label: Value, _ prediction: Value, _ confidence: Value = .missing, _ corrected: Value = .missing,
    slices: [String] = []
  ) -> Observation {
    let values = [("l", label), ("p", prediction), ("c", confidence), ("f", corrected)]
    return Observation(
      key: RecordKey("k"), locator: Locator(source: "x"),
      fields: values.map { FieldObservation(name: $0.0, value: $0.1) }, slices: slices)
  }

  private func tally(_ metric: Metric, _ records: [Observation]) throws -> MetricTally {
    var tallies = MetricTallies([MetricCheck(metric)], roles: Self.roles, slices: [])
    for record in records { tallies.observe(record) }
    return try #require(tallies.counts(of: metric)).whole
  }

  @Test func aLabelThatIsNotThereIsPendingAndNeverWrong() throws {
    let tally = try tally(
      .accuracy, [Self.record(.text("a"), .text("a")), Self.record(.missing, .text("a"))])
    #expect(tally.counted == 1 && tally.hits == 1 && tally.pending == 1 && tally.absent == 0)
  }

  @Test func aRecordWithoutPredictionIsNotPending() throws {
    let tally = try tally(.accuracy, [Self.record(.text("a"), .missing), Self.record(.missing, .missing)])
    #expect(tally.counted == 0 && tally.pending == 0 && tally.absent == 2)
  }

  @Test(arguments: [
    (Value.integer(1), Value.text("1"), 1), (.real(1), .integer(1), 1), (.text("a"), .text("A"), 0),
  ])
  func labelsAndPredictionsAreComparedAsTheyAreSpelled(label: Value, prediction: Value, hits: Int) throws {
    #expect(try tally(.accuracy, [Self.record(label, prediction)]).hits == hits)
  }

  @Test func theLeastConfidenceThatIsEnoughIsEnough() throws {
    let records = [0.8, 0.79, 0.81].map { Self.record(.missing, .missing, .real($0)) }
    #expect(try tally(.confident(above: 0.8), records).hits == 2)
  }

  @Test func aReviewThatIsStillToComeIsPending() throws {
    let records = [Value.boolean(true), .boolean(false), .missing, .text("later")].map {
      Self.record(.missing, .missing, .missing, $0)
    }
    let tally = try tally(.correctionRate, records)
    #expect(tally.hits == 1 && tally.counted == 2 && tally.pending == 1 && tally.absent == 1)
  }

  /// Two bins: 0.95 and right twice of three, 0.55 and never right.
  @Test func theCalibrationErrorIsThatOfTheBins() throws {
    let records =
      ["a", "a", "b"].map { Self.record(.text($0), .text("a"), .real(0.95)) }
      + [Self.record(.text("b"), .text("a"), .real(0.55))]
    let tally = try tally(.calibration, records)
    #expect(abs(tally.calibrationError - ((3 * 0.95 - 2) + 0.55) / 4) < 1e-12)
  }

  @Test func aConfidenceThatIsNoneDoesNotCount() throws {
    let records = [1.5, -0.1, 1].map { Self.record(.text("a"), .text("a"), .real($0)) }
    let tally = try tally(.calibration, records)
    #expect(tally.counted == 1 && tally.absent == 2)
  }

  /// More names than are kept, so that which are kept must be a function of the names.
  @Test(arguments: [UInt64(1), 2, 3])
  func noOrderAndNoDivisionChangesAnyCount(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let records = (0..<400).map { _ in
      let confidence = Double.random(in: 0...1, using: &random)
      return Self.record(
        random.next() % 4 == 0 ? .missing : .text("\(random.next() % 3)"), .text("\(random.next() % 3)"),
        .real(confidence), slices: ["camera=\(random.next() % 12)", "night"])
    }
    let position = SourcePosition(file: "s")
    let slices = [
      SliceDeclaration(
        name: "camera", membership: .value(of: .field("camera")), maxSlices: 4, position: position),
      SliceDeclaration(
        name: "night", membership: .condition(SQLText("1 = 1", position: position)), position: position),
    ]
    func tallies(_ records: some Sequence<Observation>) -> MetricTallies {
      var tallies = MetricTallies(
        Self.metrics.map { MetricCheck($0, scope: .slices) }, roles: Self.roles, slices: slices)
      for record in records { tallies.observe(record) }
      return tallies
    }
    let whole = tallies(records)
    let shuffled = records.shuffled(using: &random)
    var merged = tallies(shuffled.prefix(97))
    merged.merge(tallies(shuffled.dropFirst(97)))
    for metric in Self.metrics {
      let counts = try #require(whole.counts(of: metric))
      #expect(counts == merged.counts(of: metric))
      #expect(counts.slices.count == 5 && counts.partial == ["camera"])
    }
  }
}
