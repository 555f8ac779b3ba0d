package import AssayChannel
package import AssayCore
import FoundationEssentials

/// What is asked of a plugin worker: by the coordinator, and records by the decoder it stands beside.
package enum PluginRequest: Sendable {
  /// Loads one file, whose descriptor comes along.
  case load(PluginLoading)
  case compare(ComparisonRequest)
  case compareSamples(SampleComparison)
  /// Makes one loaded plugin ready for records. Descriptor: the slot with the pixels, if it needs any.
  case prepare(PluginPreparation)
  /// Shows a record to the plugin that was prepared in that place.
  case observe(PluginQuestion)
}

/// Which file to load, and how.
package struct PluginLoading: Sendable, Codable {
  package var isIsolated: Bool
  package var file: PluginFile

  package init(isIsolated: Bool, file: PluginFile) {
    self.isIsolated = isIsolated
    self.file = file
  }
}

/// One batched call of a counts comparator.
package struct ComparisonRequest: Sendable, Hashable {
  package var id: String
  package var parameters: [Double]
  package var counts: ComparisonCounts

  package init(id: String, parameters: [Double], counts: ComparisonCounts) {
    self.id = id
    self.parameters = parameters
    self.counts = counts
  }
}

/// Counts of one feature on common bins: many current sides, each against a reference of its own or all against one.
package struct ComparisonCounts: Sendable, Hashable {
  /// K counts, or B x K, row-major.
  package var reference: [Int64]
  /// B x K counts, row-major.
  package var current: [Int64]
  /// K + 1 edges and K representative values for ordered bins; empty for categories.
  package var edges: [Double]
  package var centers: [Double]
  package var hasMissingBin: Bool
  package var hasOtherBin: Bool
  /// K.
  package let bins: Int

  /// One reference for all rows; `bins` says otherwise.
  package init(
    reference: [Int64], current: [Int64], edges: [Double] = [], centers: [Double] = [],
    hasMissingBin: Bool = false, hasOtherBin: Bool = false, bins: Int? = nil
  ) {
    self.bins = bins ?? reference.count
    self.reference = reference
    self.current = current
    self.edges = edges
    self.centers = centers
    self.hasMissingBin = hasMissingBin
    self.hasOtherBin = hasOtherBin
  }

  package var rowCount: Int { bins == 0 ? 0 : current.count / bins }

  /// The rows of `range`.
  package func rows(_ range: Range<Int>) -> ComparisonCounts {
    func cut(_ counts: [Int64]) -> [Int64] {
      Array(counts[range.lowerBound * bins..<range.upperBound * bins])
    }
    var part = self
    if reference.count > bins { part.reference = cut(reference) }
    part.current = cut(current)
    return part
  }
}

/// What a plugin worker answers.
package enum PluginReply: Sendable {
  /// The plugins of the file that was to be loaded, and what is in force around them.
  case loaded([PluginDescription], IsolationReport)
  /// One statistic for each row.
  case statistics([Double])
  /// The comparator has nothing to say of this input.
  case notApplicable(String)
  case failed(PluginError)
  /// The plugin is ready for records.
  case prepared
  case answer(PluginAnswer)
}

extension PluginRequest {
  package init(_ frame: Frame) throws {
    switch frame.kind {
    case 1: self = .load(try JSONDecoder().decode(PluginLoading.self, from: Data(frame.payload)))
    case 2:
      self = .compare(
        try ByteReader.read(frame.payload) { (reader) throws(WireError) in
          try ComparisonRequest(from: &reader)
        })
    case SampleComparison.frameKind:
      self = .compareSamples(
        try ByteReader.read(frame.payload) { (reader) throws(WireError) in
          try SampleComparison(from: &reader)
        })
    case 3: self = .prepare(try JSONDecoder().decode(PluginPreparation.self, from: Data(frame.payload)))
    case PluginQuestion.frameKind:
      self = .observe(
        try ByteReader.read(frame.payload) { (reader) throws(WireError) in
          try PluginQuestion(from: &reader)
        })
    default: throw WorkerError("a plugin worker got a message of unknown kind \(frame.kind)")
    }
  }

  package func send(on channel: ControlChannel, descriptors: [Int32] = []) throws {
    switch self {
    case .load(let loading):
      try channel.send(kind: 1, payload: Array(try JSONEncoder().encode(loading)), descriptors: descriptors)
    case .compare(let request):
      var writer = ByteWriter()
      request.encode(to: &writer)
      try channel.send(kind: 2, payload: writer.bytes)
    case .compareSamples(let comparison):
      var writer = ByteWriter()
      comparison.encode(to: &writer)
      try channel.send(kind: SampleComparison.frameKind, payload: writer.bytes)
    case .prepare(let preparation):
      try channel.send(
        kind: 3, payload: Array(try JSONEncoder().encode(preparation)), descriptors: descriptors)
    case .observe(let question):
      var writer = ByteWriter()
      question.encode(to: &writer)
      try channel.send(kind: PluginQuestion.frameKind, payload: writer.bytes)
    }
  }
}

extension PluginReply {
  package init(_ frame: Frame) throws {
    switch frame.kind {
    case 1:
      let loaded = try Self.decoder.decode(LoadedFile.self, from: Data(frame.payload))
      self = .loaded(loaded.plugins, loaded.isolation)
    case 2:
      self = .statistics(
        try ByteReader.read(frame.payload) { (reader) throws(WireError) in
          try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() }
        })
    case 3: self = .notApplicable(String(decoding: frame.payload, as: UTF8.self))
    case 4: self = .failed(PluginError(String(decoding: frame.payload, as: UTF8.self)))
    case 5: self = .prepared
    case PluginAnswer.frameKind:
      self = .answer(
        try ByteReader.read(frame.payload) { (reader) throws(WireError) in
          try PluginAnswer(from: &reader)
        })
    default: throw WorkerError("a plugin worker sent a message of unknown kind \(frame.kind)")
    }
  }

  func send(on channel: ControlChannel) throws {
    switch self {
    case .loaded(let plugins, let isolation):
      let loaded = LoadedFile(plugins: plugins, isolation: isolation)
      try channel.send(kind: 1, payload: Array(try Self.encoder.encode(loaded)))
    case .statistics(let values):
      var writer = ByteWriter()
      writer.list(values) { $0.real($1) }
      try channel.send(kind: 2, payload: writer.bytes)
    case .notApplicable(let reason): try channel.send(kind: 3, payload: Array(reason.utf8))
    case .failed(let error): try channel.send(kind: 4, payload: Array(error.description.utf8))
    case .prepared: try channel.send(kind: 5, payload: [])
    case .answer(let answer):
      var writer = ByteWriter()
      answer.encode(to: &writer)
      try channel.send(kind: PluginAnswer.frameKind, payload: writer.bytes)
    }
  }
}

private struct LoadedFile: Codable {
  var plugins: [PluginDescription]
  var isolation: IsolationReport
}

extension PluginReply {
  /// A range may be infinite, which JSON has no number for.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

extension ComparisonRequest {
  fileprivate init(from reader: inout ByteReader) throws(WireError) {
    id = try reader.text()
    parameters = try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() }
    counts = ComparisonCounts(
      reference: try reader.list { (reader) throws(WireError) in try reader.signedVarint() },
      current: try reader.list { (reader) throws(WireError) in try reader.signedVarint() },
      edges: try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() },
      centers: try reader.list(elementByteCount: 8) { (reader) throws(WireError) in try reader.real() },
      hasMissingBin: try reader.boolean(), hasOtherBin: try reader.boolean(),
      bins: Int(truncatingIfNeeded: try reader.signedVarint()))
  }

  fileprivate func encode(to writer: inout ByteWriter) {
    writer.text(id)
    writer.list(parameters) { $0.real($1) }
    writer.list(counts.reference) { $0.signedVarint($1) }
    writer.list(counts.current) { $0.signedVarint($1) }
    writer.list(counts.edges) { $0.real($1) }
    writer.list(counts.centers) { $0.real($1) }
    writer.boolean(counts.hasMissingBin)
    writer.boolean(counts.hasOtherBin)
    writer.signedVarint(Int64(counts.bins))
  }
}
