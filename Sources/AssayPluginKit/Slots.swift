import CAssayPlugin

/// Functions that C can call, one for each place in a library: a C function pointer carries no type, so the place says
/// which plugin is meant.
enum Slots {
  /// The plugins by place.
  ///
  /// Written once by `PluginLibrary.export`, which is called first of all and before any other call; only read after.
  nonisolated(unsafe) static var plugins: [any Plugin.Type] = []

  typealias Compare =
    @convention(c) (
      UnsafePointer<assay_counts_t>?, UnsafePointer<Double>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<assay_message_t>?
    ) -> assay_status_t

  typealias Create =
    @convention(c) (
      UnsafePointer<Double>?, UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
      UnsafeMutablePointer<assay_message_t>?
    ) -> assay_status_t

  /// `PluginLibrary.mostPlugins` of each.
  static let compare: [Compare] = [
    { compare(0, $0, $1, $2, $3) }, { compare(1, $0, $1, $2, $3) }, { compare(2, $0, $1, $2, $3) },
    { compare(3, $0, $1, $2, $3) }, { compare(4, $0, $1, $2, $3) }, { compare(5, $0, $1, $2, $3) },
    { compare(6, $0, $1, $2, $3) }, { compare(7, $0, $1, $2, $3) },
  ]

  static let create: [Create] = [
    { create(0, $0, $1, $2) }, { create(1, $0, $1, $2) }, { create(2, $0, $1, $2) },
    { create(3, $0, $1, $2) },
    { create(4, $0, $1, $2) }, { create(5, $0, $1, $2) }, { create(6, $0, $1, $2) },
    { create(7, $0, $1, $2) },
  ]

  private static func compare(
    _ slot: Int, _ counts: UnsafePointer<assay_counts_t>?, _ parameters: UnsafePointer<Double>?,
    _ statistics: UnsafeMutablePointer<Double>?, _ message: UnsafeMutablePointer<assay_message_t>?
  ) -> assay_status_t {
    guard let counts = counts?.pointee, let statistics, let comparator = plugins[slot] as? any Comparator.Type
    else { return assay_status_t(ASSAY_STATUS_FAILED) }
    return Status.of(message) {
      let parameters = numbers(parameters, comparator.parameters.count)
      var sides = Sides(counts)
      for row in 0..<counts.current_rows {
        sides.current = numbers(counts.current.map { $0 + row * counts.bins }, counts.bins)
        if counts.reference_rows > 1 {
          sides.reference = numbers(counts.reference.map { $0 + row * counts.bins }, counts.bins)
        }
        guard sides.current.contains(where: { $0 > 0 }), sides.reference.contains(where: { $0 > 0 }) else {
          throw Refusal.notApplicable("a side is empty")
        }
        statistics[row] = try comparator.statistic(sides, parameters)
      }
    }
  }

  private static func create(
    _ slot: Int, _ parameters: UnsafePointer<Double>?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ message: UnsafeMutablePointer<assay_message_t>?
  ) -> assay_status_t {
    guard let state, let plugin = plugins[slot] as? any RecordPlugin.Type else {
      return assay_status_t(ASSAY_STATUS_FAILED)
    }
    return Status.of(message) {
      let instance = Instance(try plugin.init(parameters: numbers(parameters, plugin.parameters.count)))
      state.pointee = Unmanaged.passRetained(instance).toOpaque()
    }
  }

  private static func numbers<Number>(_ first: UnsafePointer<Number>?, _ count: Int) -> [Number] {
    Array(UnsafeBufferPointer(start: first, count: first == nil ? 0 : count))
  }
}

extension Sides {
  /// The sides of a batch, its first row as the current one.
  fileprivate init(_ counts: assay_counts_t) {
    func copy<Number>(_ first: UnsafePointer<Number>?, _ count: Int) -> [Number] {
      Array(UnsafeBufferPointer(start: first, count: first == nil ? 0 : count))
    }
    reference = copy(counts.reference, counts.bins)
    current = copy(counts.current, counts.bins)
    edges = copy(counts.edges, counts.bins + 1)
    centers = copy(counts.centers, counts.bins)
    hasMissingBin = counts.has_missing_bin == 1
  }
}

/// What a throwing body comes to in C.
enum Status {
  static func of(_ message: UnsafeMutablePointer<assay_message_t>?, _ body: () throws -> Void)
    -> assay_status_t
  {
    do {
      try body()
      return assay_status_t(ASSAY_STATUS_OK)
    } catch Refusal.notApplicable(let reason) {
      CText.write(reason, to: message)
      return assay_status_t(ASSAY_STATUS_NOT_APPLICABLE)
    } catch Refusal.badParameter(let reason) {
      CText.write(reason, to: message)
      return assay_status_t(ASSAY_STATUS_BAD_PARAMETER)
    } catch Refusal.failed(let reason) {
      CText.write(reason, to: message)
      return assay_status_t(ASSAY_STATUS_FAILED)
    } catch {
      CText.write("\(error)", to: message)
      return assay_status_t(ASSAY_STATUS_FAILED)
    }
  }
}
