import AssayIngest
import Testing

/// Which neighbours are one record.
struct RecordGrouperTests {
  /// The groups of members that come in this order, each as its members' names.
  private func groups(_ names: [String]) -> [[String]] {
    var grouper = RecordGrouper<Void>()
    let classifier = EntryClassifier()
    var groups: [EntryGroup<Void>] = []
    for name in names.map({ EntryName($0) }) {
      let kind = classifier.kind(of: name)
      groups += grouper.release(before: name, kind)
      grouper.append(GroupedEntry(name: name, kind: kind, body: ()))
    }
    groups += grouper.finish()
    return groups.map { $0.entries.map(\.name.display) }
  }

  @Test func whatSortsBetweenTwoMembersPartsThemNoMore() {
    #expect(
      groups(["a.jpg", "a.k.png", "a.mask.png", "b.jpg"]) == [
        ["a.jpg", "a.mask.png"], ["a.k.png"], ["b.jpg"],
      ])
  }

  @Test func membersInBetweenJoinAmongThemselves() {
    #expect(
      groups(["a.jpg", "a.k.jpg", "a.k.json", "a.mask.png"]) == [
        ["a.jpg", "a.mask.png"], ["a.k.jpg", "a.k.json"],
      ])
  }

  @Test func aMemberOfAnotherKeyEndsARecord() {
    #expect(groups(["a.jpg", "ab.jpg", "a.json"]) == [["a.jpg"], ["ab.jpg"], ["a.json"]])
  }

  @Test func recordsComeInTheOrderOfTheirFirstMembers() {
    let names = ["cat.jpg"] + (100..<300).map { "cat.\($0).jpg" } + ["dog.jpg"]
    #expect(groups(names) == names.map { [$0] })
  }
}
