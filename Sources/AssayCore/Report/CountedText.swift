/// A number of things in words: `1 record`, `2 records`. For nouns whose plural is an `s` behind them, with words that go with
/// them in front: `3 declared rules`.
package func counted(_ number: some BinaryInteger, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}
