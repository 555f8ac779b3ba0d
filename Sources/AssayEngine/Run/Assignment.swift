import AssayIngest

/// A batch whose results are being gathered, in one piece or in several.
final class OpenBatch {
  /// Its place in the order of the run, from 0.
  let order: Int
  let batch: RecordBatch
  private(set) var results: [ItemResult?]
  private var missing: Int

  init(order: Int, batch: RecordBatch) {
    self.order = order
    self.batch = batch
    results = Array(repeating: nil, count: batch.items.count)
    missing = batch.items.count
  }

  var isComplete: Bool { missing == 0 }

  func set(_ result: ItemResult, at index: Int) {
    if results[index] == nil { missing -= 1 }
    results[index] = result
    if isComplete { batch.closeDescriptors() }
  }
}

/// A stretch of a batch that one decoder works on. A fresh batch is one assignment; when its decoder dies, the
/// pieces around the guilty record become assignments of their own.
struct Assignment {
  let id: UInt64
  let open: OpenBatch
  let range: Range<Int>
  /// Whether it is one record, suspected of a death and given to a worker that has done nothing else: only a trial
  /// convicts, because an earlier record's damage or a full memory can kill on an innocent one.
  var isTrial = false

  var items: [WorkItem] { Array(open.batch.items[range]) }

  /// Whether it is of rows that stand for themselves: nothing is to be decoded.
  var isOfRows: Bool { open.batch.items[range.lowerBound].isTableRow }
}
