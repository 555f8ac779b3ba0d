import AssayChannel
import AssayCore

/// One pass over a container: members become records, records fill arenas, everything is counted.
struct ContainerReading {
  private let plan: ReadingPlan
  private let limits: RecordLimits
  private let classifier: EntryClassifier
  private var grouper: RecordGrouper<BytePlace>
  private var batch: ArenaBatch?
  private var counts = EntryCounts()
  private var entries = 0
  private var items = 0
  var failure: String?

  init(_ plan: ReadingPlan, limits: RecordLimits) {
    self.plan = plan
    self.limits = limits
    classifier = EntryClassifier(ignored: plan.ignored.map(Glob.init))
    grouper = RecordGrouper(secondNames: plan.secondImages)
  }

  var end: SourceEnd { SourceEnd(counts: counts, entries: entries, items: items, failure: failure) }

  /// Takes the next member; false at the end of the container.
  mutating func take(from archive: ArchiveReader, into arenas: any ArenaSupply) throws -> Bool {
    guard failure == nil, let member = try archive.next() else { return false }
    entries += 1
    switch member.kind {
    case .directory: counts.directories += 1
    case .special: counts.other += 1
    case .file: try takeFile(member, archive, arenas)
    }
    return true
  }

  /// Sends what still waits.
  mutating func finish(_ arenas: any ArenaSupply) throws {
    for group in grouper.finish() { try place(group, arenas) }
    try flush(arenas)
  }

  private mutating func takeFile(_ member: ArchiveMember, _ archive: ArchiveReader, _ arenas: any ArenaSupply)
    throws
  {
    let kind = classifier.kind(of: member.name)
    if kind == .ignored {
      counts.ignored += 1
      return
    }
    for group in grouper.release(before: member.name, kind) { try place(group, arenas) }
    // What only stands between the members of a record must not take the room that they may need.
    if grouper.isInterposed(member.name, kind), let batch, batch.used > limits.memberBytes / 2 {
      for group in grouper.finish() { try place(group, arenas) }
    }
    if batch?.isFull == true, !grouper.isWaiting { try flush(arenas) }
    let place = try bytes(of: member, archive, arenas)
    grouper.append(GroupedEntry(name: member.name, kind: kind, body: place))
  }

  /// Copies a member into the arena of the batch, unless its bytes can be read where they are.
  private mutating func bytes(
    of member: ArchiveMember, _ archive: ArchiveReader, _ arenas: any ArenaSupply
  ) throws -> BytePlace {
    if case .elsewhere(let target) = member.bytes {
      return .missing(
        outcome: .unreadable, code: .unreadable,
        detail: "a hard link to \(target.display), which cannot be read twice here; pack the file itself")
    }
    if member.isEncrypted {
      return .missing(outcome: .unreadable, code: .encrypted, detail: "the member is encrypted")
    }
    if let size = member.size, size > Int64(limits.memberBytes) { return tooLarge(size) }
    if case .inPlace(let offset) = member.bytes, let size = member.size {
      return .span(descriptor: 0, offset: offset, count: Int(size))
    }
    if batch == nil { batch = ArenaBatch(index: try arenas.next()) }
    return try copy(archive, member.size, arenas)
  }

  private func tooLarge(_ size: Int64) -> BytePlace {
    .missing(
      outcome: .refused, code: .limitBytes, detail: "\(size) bytes, at most \(limits.memberBytes) are read")
  }

  private mutating func copy(_ archive: ArchiveReader, _ size: Int64?, _ arenas: any ArenaSupply) throws
    -> BytePlace
  {
    guard var batch else {
      return .missing(outcome: .unreadable, code: .unreadable, detail: "no arena")
    }
    let start = batch.used
    var filled = 0
    // Members of one record wait for each other: together they may take no more than the largest member may.
    let most = min(limits.memberBytes, limits.memberBytes + WorkBatch.enoughBytes - start)
    if let size, size > most { return tooMuchTogether(size) }
    while filled <= most {
      let wanted = max(4096, Int(size ?? 0) - filled, size == nil ? filled : 0)
      guard let room = try arenas.room(in: batch.index, at: start + filled, count: wanted) else {
        return .missing(outcome: .refused, code: .limitMemory, detail: "no shared memory for the member")
      }
      switch read(archive, into: room) {
      case .bytes(let count): filled += count
      case .failed(let reason):
        return .missing(outcome: .unreadable, code: .unreadable, detail: reason)
      case .end:
        batch.used = start + filled
        self.batch = batch
        return .arena(index: batch.index, offset: start, count: filled)
      }
    }
    return most < limits.memberBytes ? tooMuchTogether(Int64(filled)) : tooLarge(Int64(filled))
  }

  private func tooMuchTogether(_ size: Int64) -> BytePlace {
    .missing(
      outcome: .refused, code: .limitBytes,
      detail: "\(size) bytes, and with the record's other members more than \(limits.memberBytes)")
  }

  /// The next piece of a member. A container that ends inside it is noted, and the member is unreadable.
  private mutating func read(
    _ archive: ArchiveReader, into room: UnsafeMutableRawBufferPointer
  ) -> ArchiveReader.Piece {
    do throws(SourceError) {
      return try archive.read(into: room)
    } catch {
      failure = error.reason
      return .failed(error.reason)
    }
  }

  /// Turns a group into a work item of the batch, or counts its members.
  private mutating func place(_ group: EntryGroup<BytePlace>, _ arenas: any ArenaSupply) throws {
    if batch == nil { batch = ArenaBatch(index: try arenas.next()) }
    batch?.items.append(WorkItem(group, source: plan.source, naming: plan.naming))
  }

  /// Only when no member waits in the grouper: its bytes would be in the arena that goes away.
  private mutating func flush(_ arenas: any ArenaSupply) throws {
    guard let batch else { return }
    self.batch = nil
    items += batch.items.count
    try arenas.send(batch.index, batch.items)
  }
}
