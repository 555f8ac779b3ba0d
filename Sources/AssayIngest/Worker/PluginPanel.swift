import AssayChannel
import AssayCore

/// The plugins of a schema, asked in their order about each record by the decoder that has it.
final class PluginPanel {
  private let uses: [PluginUse]
  private let companion: PluginCompanion
  private let resources: WorkerResources
  private let slotLimit: Int
  /// Nil until the companion has come.
  private(set) var slot: FrameSlot?
  /// The record that is being observed.
  private var position = ProgressWord.Position.none

  init(_ plan: WorkerPlan, _ inbox: CoordinatorInbox, _ resources: WorkerResources) {
    uses = plan.reading.rules.plugins
    companion = PluginCompanion(inbox)
    self.resources = resources
    slotLimit = plan.limits.imageMemory
  }

  /// Takes the first companion's socket and the slot for pixels.
  func adopt(_ descriptors: [Int32]) throws {
    guard descriptors.count == 2 else { throw WorkerError("a companion comes with a socket and a slot") }
    companion.adopt(socket: descriptors[0])
    slot = FrameSlot(descriptor: descriptors[1], limit: slotLimit)
  }

  /// Where frames are to be left; nil where no plugin needs pixels.
  var frames: FrameSlot? { uses.contains { $0.call?.needsPixels == true } ? slot : nil }

  /// Whether some plugin is shown fields.
  private var needsFields: Bool { uses.contains { $0.call?.needsFields == true } }

  /// Called before each record, with its place in the assignment.
  func begin(_ position: ProgressWord.Position) {
    self.position = position
    resources.report(position)
    frames?.begin()
  }

  /// Shows the record to every plugin and adds what they measure. `fields` are those that plugins may see.
  func observe(_ draft: inout RecordDraft, fields: (RecordDraft) -> [NamedValue]) throws {
    guard !uses.isEmpty else { return }
    let isWhole = draft.images.allSatisfy { $0.outcome == .ok }
    let fields = isWhole && needsFields ? fields(draft) : []
    for (index, use) in uses.enumerated() {
      let answer = isWhole ? try answer(index, use, draft, fields) : nil
      take(answer, of: use, &draft)
    }
  }

  private func answer(_ index: Int, _ use: PluginUse, _ draft: RecordDraft, _ fields: [NamedValue]) throws
    -> Result<PluginAnswer, PluginLapse>
  {
    if use.call?.needsPixels == true, let shortage = slot?.shortage {
      return .failure(PluginLapse(.pluginFrameTooLarge, shortage))
    }
    var position = position
    position.stage = index + 1
    resources.report(position)
    switch try companion.ask(question(index, use, draft, fields), at: position) {
    case .answer(let answer): return .success(answer)
    case .lost(let loss):
      return .failure(PluginLapse(loss.kind == .timeout ? .pluginTimeout : .pluginCrashed, loss.reason))
    }
  }

  private func question(_ index: Int, _ use: PluginUse, _ draft: RecordDraft, _ fields: [NamedValue])
    -> PluginQuestion
  {
    let call = use.call
    return PluginQuestion(
      plugin: index, images: draft.images.map { shown($0, withPixels: call?.needsPixels == true) },
      fields: call?.needsFields == true ? fields : [],
      features: call?.needsFeatures == true ? draft.images.first?.namedFeatures ?? [] : [])
  }

  private func shown(_ image: ImageObservation, withPixels: Bool) -> ShownImage {
    if withPixels, let frame = slot?.frame(of: image.name) { return frame }
    return ShownImage(withoutPixels: image)
  }

  /// Every output is among the measurements of every record: missing where there is no answer.
  private func take(
    _ answer: Result<PluginAnswer, PluginLapse>?, of use: PluginUse, _ draft: inout RecordDraft
  ) {
    var values = [Value](repeating: .missing, count: use.measurements.count)
    switch answer {
    case nil: draft.plugins.append(.notAsked)
    case .failure(let lapse): draft.plugins.append(.failed(lapse))
    case .success(.failed(let reason)): draft.plugins.append(.failed(PluginLapse(.pluginFailed, reason)))
    case .success(.notApplicable): draft.plugins.append(.notApplicable)
    case .success(.values(let measured)):
      values = measured
      draft.plugins.append(.measured)
    case .success(.findings(let findings)):
      values = [.integer(Int64(findings.count))]
      draft.plugins.append(.found(findings))
    }
    draft.measurements += zip(use.measurements, values).map { NamedValue(name: $0.name, value: $1) }
  }
}

extension ImageObservation {
  /// Every built-in feature under its bare name.
  fileprivate var namedFeatures: [NamedValue] {
    zip(BuiltinFeature.definitions, features).map { NamedValue(name: $0.name, value: $1) }
  }
}

extension ShownImage {
  /// The image by what its header says.
  fileprivate init(withoutPixels image: ImageObservation) {
    func number(_ feature: BuiltinFeature) -> Int { Int(image.features[feature.rawValue].number ?? 0) }
    self.init(
      name: image.name, width: number(.width), height: number(.height), channels: number(.channels),
      sampleBytes: number(.bitDepth) > 8 ? 2 : 1)
  }
}
