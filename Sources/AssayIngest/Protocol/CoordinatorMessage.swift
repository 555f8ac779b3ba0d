package import AssayChannel
import AssayCore
import FoundationEssentials

/// What the coordinator tells a worker. The descriptors a message needs travel beside it.
package enum CoordinatorMessage: Sendable {
  /// The first message. Descriptors: the progress page, then the arenas.
  case configure(WorkerPlan)
  /// To a decoder. Descriptors: those that `BytePlace.file` and `.span` number.
  case decode(assignment: UInt64, items: [WorkItem])
  /// To a reader. Descriptor: the source.
  case read(ReadingPlan)
  /// To a decoder: rows of this manifest will come. Descriptor: the manifest.
  case adopt(manifest: Int, ManifestDialect)
  /// To a reader: this arena may be filled.
  case grant(arena: Int)
  /// To a reader: this arena may hold what it asked for.
  case room(arena: Int)
  /// To a decoder: the plugin worker that stands beside it from now on, and what became of the one before.
  /// Descriptors: the worker's socket, the slot for pixels.
  case companion(after: PluginLoss?)
}

extension CoordinatorMessage {
  package init(_ frame: Frame) throws {
    switch frame.kind {
    case 1: self = .configure(try JSONDecoder().decode(WorkerPlan.self, from: Data(frame.payload)))
    case 2:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .decode(
          assignment: try reader.varint(),
          items: try reader.list { (reader) throws(WireError) in try WorkItem(from: &reader) })
      }
    case 3: self = .read(try JSONDecoder().decode(ReadingPlan.self, from: Data(frame.payload)))
    case 4:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .grant(arena: try reader.whole(upTo: 4096))
      }
    case 5:
      let adoption = try JSONDecoder().decode(ManifestAdoption.self, from: Data(frame.payload))
      self = .adopt(manifest: adoption.manifest, adoption.dialect)
    case 6:
      self = .companion(after: try JSONDecoder().decode([PluginLoss].self, from: Data(frame.payload)).first)
    case 8:
      self = try ByteReader.read(frame.payload) { (reader) throws(WireError) in
        .room(arena: try reader.whole(upTo: 4096))
      }
    default: throw WorkerError("a message of unknown kind \(frame.kind)")
    }
  }

  var kind: UInt8 {
    switch self {
    case .configure: 1
    case .decode: 2
    case .read: 3
    case .grant: 4
    case .adopt: 5
    case .companion: 6
    case .room: 8
    }
  }

  func payload() throws -> [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .configure(let plan): return Array(try JSONEncoder().encode(plan))
    case .read(let reading): return Array(try JSONEncoder().encode(reading))
    case .adopt(let manifest, let dialect):
      return Array(try JSONEncoder().encode(ManifestAdoption(manifest: manifest, dialect: dialect)))
    case .companion(let loss): return Array(try JSONEncoder().encode(loss.map { [$0] } ?? []))
    case .grant(let arena), .room(let arena): writer.count(arena)
    case .decode(let assignment, let items):
      writer.varint(assignment)
      writer.list(items) { $1.encode(to: &$0) }
    }
    return writer.bytes
  }
}

private struct ManifestAdoption: Codable {
  var manifest: Int
  var dialect: ManifestDialect
}

extension ControlChannel {
  /// Sends one message to a worker.
  package func send(_ message: CoordinatorMessage, descriptors: [Int32] = []) throws {
    try send(kind: message.kind, payload: try message.payload(), descriptors: descriptors)
  }
}
