import AssayChannel
import AssayCore
import AssayIngest
import Glibc

/// Records of one source that are sent to a decoder together, with what they need to be read.
final class RecordBatch {
  /// The source's index in the run.
  let source: Int
  var items: [WorkItem]
  /// What `BytePlace.file` and `.span` number; closed with the batch.
  private(set) var descriptors: [Int32]
  /// How far the source had been read when it came.
  var extent: SourceExtent?
  /// Called once all results are in: what the batch occupied is free again.
  var release: (() -> Void)?

  init(source: Int, items: [WorkItem], descriptors: [Int32]) {
    self.source = source
    self.items = items
    self.descriptors = descriptors
  }

  deinit { closeDescriptors() }

  /// Lets go of the files, once all results are in: the batch may wait long for its turn to be delivered.
  func closeDescriptors() {
    for descriptor in descriptors { close(descriptor) }
    descriptors = []
  }
}

/// What a source has to offer at this moment.
enum BatchOffer {
  case batch(RecordBatch)
  /// Nothing yet: a reader is at work.
  case waiting
  case ended(SourceEnd)
}

/// A source on the coordinator's side: it knows names and descriptors, never contents.
protocol RecordSource: AnyObject {
  /// The source in the user's words.
  var name: String { get }
  /// The control socket to wait on while `next` says `waiting`.
  var channel: ControlChannel? { get }
  func next() throws -> BatchOffer
  /// Called when `channel` is readable.
  func receive() throws
  /// How much there is; nil where nobody knows.
  var size: SourceExtent? { get }
  /// Called a few times a second: a reader that has passed its deadline is ended.
  func watch()
}

extension RecordSource {
  var channel: ControlChannel? { nil }
  var size: SourceExtent? { nil }
  func receive() throws {}
  func watch() {}
}
