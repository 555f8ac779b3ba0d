import AssayCore
import AssayEngine
import AssayIngest
import AssayTestSupport
import Foundation
import Testing

/// Law 3: the same records have the same in common, whatever the order, container, workers and memory.
struct OverlapLawTests {
  private var sets: OverlapSets
  private let expected: [Answer]

  /// What does not depend on how a set is packed.
  private struct Answer: Equatable {
    var kind: OverlapKind
    var answer: OverlapFinding.Answer
    var remarks: [String]
    var pairs: [[String?]]

    init(_ finding: OverlapFinding) {
      (kind, answer, remarks) = (finding.kind, finding.answer, finding.remarks)
      pairs = finding.examples.map { [$0.current.member, $0.reference?.member, $0.note] }
    }
  }

  init() throws {
    sets = try OverlapSets()
    try sets.addStrangers(20)
    for number in 0..<5 {
      let picture = ForgedPicture(seed: UInt64(number))
      // Every original twice, so that there is a choice of partners.
      try sets.add(picture.jpeg(), "twin\(number).jpg", patient: "a\(number)", to: "train")
      try sets.add(picture.jpeg(), "exact\(number).jpg", patient: "a\(number)", to: "test")
      try sets.add(picture.jpeg(quality: 60), "near\(number).jpg", patient: "n\(number)", to: "test")
      try sets.add(picture.turnedLeft.jpeg(), "turned\(number).jpg", patient: "t\(number)", to: "test")
    }
    expected = try sets.report().findings.map(Answer.init)
  }

  @Test func theAnswerIsAsPlanted() {
    #expect(expected.map(\.answer) == [.counted(5), .counted(10), .counted(5), .counted(5)])
    #expect(expected[0].pairs.map { $0[1] } == ["0.jpg", "1.jpg", "2.jpg"])
  }

  @Test(arguments: [1, 4], [1 << 30, 1 << 16])
  func workersAndMemoryChangeNothing(workers: Int, memory: Int) throws {
    let report = try sets.report(
      reference: sets.sources("train"), current: sets.sources("test"), workers: workers, indexMemory: memory)
    #expect(report.findings.map(Answer.init) == expected)
  }

  @Test(arguments: [ArchiveForge.Format.tarGzip, .zip])
  func orderAndContainerChangeNothing(format: ArchiveForge.Format) throws {
    func packed(_ side: String) throws -> [String] {
      let sources = try sets.sources(side)
      let names = try FileManager.default.contentsOfDirectory(atPath: sources[0]).sorted { $0 > $1 }
      let members = try names.map {
        ArchiveForge.Member($0, Array(try Data(contentsOf: URL(filePath: "\(sources[0])/\($0)"))))
      }
      return [
        try sets.folder.write(ArchiveForge.archive(format, members), to: "\(side).archive"), sources[1],
      ]
    }
    let report = try sets.report(reference: packed("train"), current: packed("test"))
    #expect(report.findings.map(Answer.init) == expected)
  }
}
