package import AssayChannel
import AssayCore
import FoundationEssentials

/// What a worker tells the coordinator.
package enum WorkerMessage: Sendable {
  case ready(WorkerReady)
  /// From a decoder: the results of an assignment, one for each item and in their order.
  case results(assignment: UInt64, [ItemResult])
  /// From a decoder: the plugin worker beside it is of no use any more, noticed at this position. It waits for another.
  case companionLost(ProgressWord.Position)
  /// From a reader: records whose bytes are in the granted arena or in the source itself, which it has read so far.
  case records(arena: Int, position: Int, [WorkItem])
  /// From a reader of a manifest: how it is written. The first thing it says.
  case manifest(ManifestDialect)
  /// From a reader of a manifest: rows, for one grant.
  case rows([ManifestScanner.Row])
  /// From a reader: that arena has to hold so many bytes; it waits for the answer.
  case room(arena: Int, bytes: Int)
  /// From a reader: there is no more.
  case ended(SourceEnd)
}

extension WorkerMessage {
  /// Reads a message, and trusts none of it.
  package init(_ frame: Frame) throws(ProtocolError) {
    do {
      try self.init(reading: frame)
    } catch let error as ProtocolError {
      throw error
    } catch {
      throw ProtocolError("a message of kind \(frame.kind) cannot be read: \(error)")
    }
  }

  private init(reading frame: Frame) throws {
    switch frame.kind {
    case 1: self = .ready(try JSONDecoder().decode(WorkerReady.self, from: Data(frame.payload)))
    case 2:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .results(
          assignment: try reader.varint(),
          try reader.list { (reader) throws(WireError) in try ItemResult(from: &reader) })
      }
    case 3:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .records(
          arena: try reader.whole(upTo: 4096), position: try reader.whole(),
          try reader.list { (reader) throws(WireError) in try WorkItem(from: &reader) })
      }
    case 5: self = .manifest(try JSONDecoder().decode(ManifestDialect.self, from: Data(frame.payload)))
    case 6:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .rows(try reader.list { (reader) throws(WireError) in try ManifestScanner.Row(from: &reader) })
      }
    case 9:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .room(arena: try reader.whole(upTo: 4096), bytes: try reader.whole())
      }
    case 4: self = .ended(try JSONDecoder().decode(SourceEnd.self, from: Data(frame.payload)))
    case 7:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .companionLost(
          ProgressWord.Position(
            assignment: try reader.varint(), item: try reader.whole(upTo: 255),
            stage: try reader.whole(upTo: 255)))
      }
    default: throw ProtocolError("a message of unknown kind \(frame.kind)")
    }
  }

  var kind: UInt8 {
    switch self {
    case .ready: 1
    case .results: 2
    case .records: 3
    case .ended: 4
    case .manifest: 5
    case .rows: 6
    case .companionLost: 7
    case .room: 9
    }
  }

  func payload() throws -> [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .ready(let ready): return Array(try JSONEncoder().encode(ready))
    case .ended(let end): return Array(try JSONEncoder().encode(end))
    case .manifest(let dialect): return Array(try JSONEncoder().encode(dialect))
    case .companionLost(let position):
      writer.varint(position.assignment)
      writer.count(position.item)
      writer.count(position.stage)
    case .rows(let rows): writer.list(rows) { $1.encode(to: &$0) }
    case .room(let arena, let bytes):
      writer.count(arena)
      writer.count(bytes)
    case .results(let assignment, let results):
      writer.varint(assignment)
      writer.list(results) { $1.encode(to: &$0) }
    case .records(let arena, let position, let items):
      writer.count(arena)
      writer.count(position)
      writer.list(items) { $1.encode(to: &$0) }
    }
    return writer.bytes
  }
}

extension ControlChannel {
  /// Sends one message to the coordinator.
  func send(_ message: WorkerMessage) throws {
    try send(kind: message.kind, payload: try message.payload())
  }
}
