/// The word of `candidates` that `word` was probably meant to be, for "did you mean".
///
/// The distance is Damerau and Levenshtein's with adjacent swaps; a candidate counts up to a third of the
/// word's length, and at least 1. Among equals the first wins.
package func nearestWord(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3 + (word.count > 4 ? 1 : 0))
  let wanted = Array(word.lowercased().unicodeScalars)
  var best: (word: String, distance: Int)?
  for candidate in candidates where candidate != word {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    guard abs(scalars.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, scalars)
    if distance <= limit, distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
  }
  return best?.word
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `left` into `right`.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1] + [Int](repeating: 0, count: right.count)
    for column in 0..<right.count {
      let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(substitution, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current[column + 1] = cost
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
