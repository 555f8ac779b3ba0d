import AssayCore
import AssayEngine
import AssayTestSupport
import Foundation
import Testing

@testable import AssayPlugins

struct ExplanationTests {
  private static let emittedCodes =
    FindingCode.allCases.map(\.rawValue) + ReadingCode.allCases.map(\.rawValue)
    + ReasonCode.allCases.map(\.rawValue)

  @Test(arguments: emittedCodes)
  func everyEmittedCodeHasAPage(code: String) {
    #expect(ExplanationIndex().pages(of: code).contains { $0.name == code && $0.sections.count == 3 })
  }

  @Test func noTwoFamiliesShareACode() {
    #expect(Set(ExplanationTests.emittedCodes).count == ExplanationTests.emittedCodes.count)
  }

  /// Codes come from their tables, which the test above goes through: nowhere else is one spelled out.
  @Test func noCodeIsSpelledOutsideItsTable() throws {
    let codes = Set(ExplanationTests.emittedCodes.map { "\"\($0)\"" })
    let tables = ["FindingCode.swift", "ReadingCode.swift", "ReasonCode.swift"]
    // Rule ids of the set's bounds are spelled like the codes of what they find.
    let isRuleID: (Substring) -> Bool = {
      $0.contains("id:") || $0.contains("addSetRule(") || $0.contains("path:")
    }
    for (file, text) in try PackageFiles.texts("Sources", suffix: ".swift") where !tables.contains(file) {
      for line in text.split(separator: "\n") where !isRuleID(line) {
        #expect(!codes.contains { line.contains($0) }, "\(file): \(line)")
      }
    }
  }

  /// Whatever is spelled as a code argument is a word of no table.
  @Test func noCodeIsGivenAsALiteral() throws {
    for (file, text) in try PackageFiles.texts("Sources", suffix: ".swift") {
      #expect(text.firstMatch(of: /(code|reason): "[a-z]+\.[a-z-]+"/) == nil, "\(file)")
    }
  }

  @Test(arguments: BuiltinFeature.allCases)
  func aFeatureIsFoundByItsBareName(feature: BuiltinFeature) {
    let name = feature.definition.name
    #expect(ExplanationIndex().pages(of: name).map(\.name) == ["image.\(name)"])
  }

  @Test(arguments: ImageView.allCases) func everyViewOfAnImageHasAPage(view: ImageView) {
    #expect(ExplanationIndex().pages(of: view.name()).contains { $0.kind == .view })
  }

  @Test(arguments: ReportWord.allCases) func everyWordOfReportsHasAPage(word: ReportWord) {
    let pages = ExplanationIndex().pages(of: word.rawValue).filter { $0.kind == .word }
    #expect(pages.count == 1 && pages.allSatisfy { $0.sections.map(\.label) == ["said when", "what to do"] })
  }

  @Test func aNameOfTwoThingsHasTwoPages() {
    #expect(ExplanationIndex().pages(of: "image.format").map(\.kind) == [.finding, .feature])
  }

  @Test func whatAReportPutsBehindACodeIsLeftOut() {
    #expect(ExplanationIndex().pages(of: "decode.unsupported (webp)").map(\.name) == ["decode.unsupported"])
  }

  @Test func anUnknownWordHasNoPage() { #expect(ExplanationIndex().pages(of: "field.rnage").isEmpty) }

  @Test func theNearestWordIsSuggested() {
    #expect(ExplanationIndex().suggestion(for: "decode.truncted") == "decode.truncated")
  }

  @Test(arguments: ["org.assay.test/1", "org.assay.test", "test"])
  func aPluginIsFoundUnderEachOfItsNames(name: String) {
    #expect(
      ExplanationIndex(plugins: [ExplanationTests.plugin]).pages(of: name).map(\.name) == ["org.assay.test/1"]
    )
  }

  @Test(arguments: ["Test distance", "range", "[0, inf)", "drift is above 0.3", "Somebody 1951", "power"])
  func aComparatorsPageHasWhatItsAuthorSays(part: String) {
    #expect(Explanation(ExplanationTests.plugin).text.contains(part))
  }

  @Test(arguments: Explanation.builtin.indices)
  func theListHasEveryWord(index: Int) {
    let page = Explanation.builtin[index]
    #expect(ExplanationIndex().list.contains("\n  \(page.name) "))
  }

  private static let plugin = PluginDescription(
    id: "org.assay.test/1", kind: .comparator, title: "Test distance", summary: "How far apart they are.",
    parameters: [
      PluginParameter(name: "power", summary: "the exponent", minimum: 1, maximum: 4, standard: 2)
    ],
    comparator: ComparatorDescription(
      input: .counts, acceptsOrdered: true, acceptsCategories: false, acceptsPresence: false,
      preferredBins: 10, largerIsDrift: true,
      minimum: 0, maximum: .infinity, unit: "nats", standardThreshold: 0.3, source: "Somebody 1951"),
    file: "libTest.so", sha256: "00", isPinned: false, abiMajor: 0, abiMinor: 1)
}
