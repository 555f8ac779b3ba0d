import AssayCore
import AssayPlugins

/// One view of a feature while it is held against chance: its score so far, and the draws that more can be made of.
struct FeatureCalibration {
  var score: DriftScore
  let feature: ComparedFeature
  /// Chance is held against the first.
  let tests: [PlannedTest]
  private let host: ComparatorHost
  /// Nil where there is nothing to permute.
  private var basis: ResampleBasis?
  private var test: PermutationTest?
  /// Vectors whose labels are exchanged; nil where counts are compared.
  private var samples: (vectors: SampledVectors, labels: PermutedLabels)?
  /// What the reference's windows say; nil where the feature is not ranked among them.
  var ranked: WindowRank.Feature?
  /// What chance makes of each comparator with a floor, by its place.
  private var spreads: [Int: NullSpread] = [:]

  /// Counts of draws that are held at once.
  private static let mostCounts = 1 << 18
  /// Labels of sampled records that one call carries.
  private static let mostLabels = 1 << 24

  /// Asks every comparator for its statistic, and the first for what chance makes of it; with `windows`, one of them for
  /// what these make of it.
  init(
    _ feature: ComparedFeature, _ tests: [PlannedTest], _ score: DriftScore, _ host: ComparatorHost,
    _ generator: ResampleGenerator, windows: ReferenceWindows? = nil
  ) throws {
    self.score = score
    self.feature = feature
    self.tests = tests
    self.host = host
    if case .vectors(let vectors) = feature.form {
      try calibrate(vectors, generator)
      if windows != nil, self.score.chance != nil {
        self.score.chance = nil
        leaveUnranked("groups and windows keep no vectors, so it is not ranked among them")
      }
      return
    }
    try measure(feature)
    guard self.score.status != .failed, let first = tests.first,
      self.score.measures.first?.statistic != nil
    else { return }
    if let windows {
      try measureWindows(feature, windows, generator)
      return
    }
    if try usesNullLaw(first, feature) { return }
    basis = basis(of: feature, first, generator)
    if basis == nil { standStill(feature) } else { try calibrate() }
  }

  /// What cannot move has not moved; what cannot be calibrated is not judged.
  mutating func standStill(_ feature: ComparedFeature) {
    if feature.isOfPixels {
      score.add(note: "not calibrated: no sampled images that are on one side only")
    } else {
      score.status =
        min(score.referenceCount, score.currentCount) < DriftFamily.leastRecords ? .insufficient : .pass
    }
  }

  // MARK: Statistics

  /// The statistics of all comparators, each on the bins it works best on.
  private mutating func measure(_ feature: ComparedFeature) throws {
    for (index, test) in tests.enumerated() {
      var measure = test.measure
      defer { score.measures.append(measure) }
      if let refusal = test.refusal(of: feature) {
        // Only the schema can ask for the impossible; not judged is no pass.
        fail(refusal)
        continue
      }
      guard let counts = feature.counts(bins: test.comparator.preferredBins) else { continue }
      if counts.isHashed { score.add(note: "categories are hashed: the statistic is a lower bound") }
      let isInforming = index > 0 && test.floor == nil
      let request = test.request(counts)
      measure.statistic = try isInforming ? informing(request) : statistics(request)?.first
    }
  }

  /// A statistic that decides nothing: its failure is a note.
  private mutating func informing(_ request: ComparisonRequest) throws -> Double? {
    switch try host.compare(request) {
    case .statistics(let values): return values.first
    case .notApplicable(let reason): if score.note?.contains(reason) != true { score.add(note: reason) }
    case .failed(let failure): score.add(note: failure.description)
    }
    return nil
  }

  mutating func statistics(_ request: ComparisonRequest) throws -> [Double]? {
    answer(try host.compare(request))
  }

  /// The statistics of an answer; without them the score says why.
  private mutating func answer(_ outcome: ComparatorHost.Outcome) -> [Double]? {
    switch outcome {
    case .statistics(let values): return values
    case .notApplicable(let reason): if score.note?.contains(reason) != true { score.add(note: reason) }
    case .failed(let failure): fail(failure.description)
    }
    return nil
  }

  private mutating func fail(_ reason: String) {
    score.status = .failed
    score.add(note: reason)
  }

  // MARK: Chance

  /// Takes the limit law of a statistic where a side is too large to permute; false where there is none.
  private mutating func usesNullLaw(_ test: PlannedTest, _ feature: ComparedFeature) throws -> Bool {
    guard let law = test.comparator.nullLaw, !feature.isOfPixels, let statistic = score.measures[0].statistic,
      max(score.referenceCount, score.currentCount) > CountThinning.limit,
      let counts = feature.counts(bins: test.comparator.preferredBins)
    else { return false }
    score.chance = DriftChance(method: .asymptotic, p: law.probability(of: statistic, counts), draws: 0)
    return true
  }

  /// What is exchanged: images where pixels are counted, else records. Nil where one bin holds all: nothing can move
  /// there, and so it is no test, whatever its labels are.
  private func basis(of feature: ComparedFeature, _ test: PlannedTest, _ generator: ResampleGenerator)
    -> ResampleBasis?
  {
    if feature.isOfPixels { return feature.images.map { ResampleBasis($0, generator) } }
    let preferred = test.comparator.preferredBins
    let bins = preferred == 0 ? ResampleBasis.mostBins : min(preferred, ResampleBasis.mostBins)
    guard let counts = feature.counts(bins: bins), counts.occupiedBins > 1 else { return nil }
    return ResampleBasis(counts, generator)
  }

  /// The first draws for all comparators; more for the first one where these leave it open.
  private mutating func calibrate() throws {
    guard let basis, let observed = try statistics(tests[0].request(basis.counts))?.first else { return }
    test = PermutationTest(observed: observed, largerIsDrift: tests[0].comparator.largerIsDrift)
    guard let draws = self.basis?.draw(PermutationTest.firstDraws) else { return }
    try add(draws)
    for index in tests.indices.dropFirst() where tests[index].floor != nil { try spread(draws, index) }
    if test?.isPlain == false { try extend(to: PermutationTest.secondDraws) }
    record()
  }

  private mutating func add(_ draws: ResampledCounts) throws {
    guard let basis, let values = try statistics(tests[0].request(draws, like: basis.counts)) else { return }
    test?.add(values)
    spread(values, 0)
  }

  /// What chance makes of a comparator with a floor.
  private mutating func spread(_ draws: ResampledCounts, _ index: Int) throws {
    guard let basis,
      tests[index].comparator.acceptsOrdered && !basis.counts.edges.isEmpty
        || tests[index].comparator.acceptsCategories || tests[index].comparator.acceptsPresence,
      case .statistics(let values) = try host.compare(tests[index].request(draws, like: basis.counts))
    else { return }
    spread(values, index)
  }

  private mutating func spread(_ values: [Double], _ index: Int) {
    guard let floor = tests[index].floor else { return }
    var spread = spreads[index] ?? NullSpread([], largerIsDrift: tests[index].comparator.largerIsDrift)
    spread.add(values)
    score.measures[index].falseAlarmRate = spread.rate(beyond: floor)
    spreads[index] = spread
  }

  /// Draws until there are `total`, in parts that fit in memory.
  private mutating func extend(to total: Int) throws {
    if samples != nil { return try extendSamples(to: total) }
    guard let bins = basis?.counts.reference.count else { return }
    let most = max(1, Self.mostCounts / bins)
    while let made = test?.draws, made < total, let draws = basis?.draw(min(most, total - made)) {
      try add(draws)
      // A comparator that broke is not asked again.
      if test?.draws == made { return }
    }
  }

  private mutating func record() {
    guard let test, score.status != .failed else { return }
    score.chance = DriftChance(
      method: .permutation, p: test.p, draws: test.draws, isThinned: basis?.isThinned ?? false)
  }

  /// Says what these records could have shown when a test alone at `level` warns.
  mutating func noteDetectable(at level: Double) {
    for (index, spread) in spreads { score.measures[index].detectable = spread.critical(at: level) }
  }

  /// Whether no draw was as extreme as what was observed: only more draws can tell how small p is.
  var isAtTheFloor: Bool { test.map { $0.exceedances == 0 } ?? false }

  /// Draws until p can be as small as 1 / `total`.
  mutating func refine(to total: Int) throws {
    try extend(to: min(total, PermutationTest.mostDraws))
    record()
  }

  // MARK: Vectors

  /// Holds vectors against exchanged labels.
  private mutating func calibrate(_ vectors: SampledVectors, _ generator: ResampleGenerator) throws {
    guard let first = tests.first else { return }
    score.measures = [first.measure]
    if let refusal = first.comparator.input == .samples ? nil : "\(first.plugin.id) does not compare vectors"
    {
      return fail(refusal)
    }
    samples = (vectors, PermutedLabels(vectors, generator))
    try extend(to: PermutationTest.firstDraws)
    if test?.isPlain == false { try extend(to: PermutationTest.secondDraws) }
    record()
  }

  /// Draws until there are `total`, as many in one call as its labels fit: most of a call's work is common to them.
  private mutating func extendSamples(to total: Int) throws {
    guard let vectors = samples?.vectors else { return }
    let most = max(1, Self.mostLabels / max(1, vectors.referenceCount + vectors.currentCount) - 1)
    while (test?.draws ?? 0) < total {
      let missing = total - (test?.draws ?? 0)
      guard let labels = samples?.labels.draw(min(most, missing)),
        let values = try answer(host.compare(tests[0].request(vectors, labels: labels))),
        let truth = values.first, values.count > 1
      else { return }
      score.measures[0].statistic = truth
      var grown = test ?? PermutationTest(observed: truth, largerIsDrift: tests[0].comparator.largerIsDrift)
      grown.add(Array(values.dropFirst()))
      test = grown
    }
  }
}
