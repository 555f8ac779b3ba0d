import AssayCore
import AssayEngine
import Testing

struct SchemaExtendsTests {
  private let base = """
    assay: 1
    images: {image: {width: {min: 64, max: 128}, color: color}}
    fields: {label: {type: string, required: true}}
    invariants: [{id: a, assert: "width > 1"}, {id: b, assert: "width > 2"}]
    """

  private func schema(_ text: String) throws -> Schema {
    try SchemaForge.schema("extends: base/b.yaml\n" + text, others: ["base/b.yaml": base])
  }

  @Test func keysAreJoinedAndReplaced() throws {
    let rules = try schema("images: {image: {width: {max: 256}, height: {min: 1}}}").recordRules
    #expect(rules.first { $0.id == "images.image.width" }?.check == .range(Bounds(min: 64, max: 256)))
    #expect(
      rules.contains { $0.id == "images.image.height" } && rules.contains { $0.id == "images.image.color" })
  }

  @Test func anEmptyValueTakesAKeyAway() throws {
    let schema = try schema("images: {image: {color: }}\nfields: {label: ~}")
    #expect(!schema.recordRules.contains { $0.id == "images.image.color" } && schema.fields.isEmpty)
  }

  @Test func listsOfNamedThingsAreJoinedByName() throws {
    let rules = try schema("invariants: [{id: b, assert: 'width > 9'}, {id: c, assert: 'width > 3'}]")
      .recordRules
    let asserts = rules.compactMap { if case .assert(let sql) = $0.check { sql.text } else { nil } }
    #expect(asserts == ["width > 1", "width > 9", "width > 3"])
  }

  @Test func positionsStayThoseOfTheirFiles() throws {
    let rules = try schema("images: {image: {height: {min: 1}}}").recordRules
    #expect(rules.first { $0.id == "images.image.color" }?.position.description == "base/b.yaml:2:46")
    #expect(rules.first { $0.id == "images.image.height" }?.position.description == "main.yaml:3:27")
  }

  @Test func basesAreFoundBesidesTheirFile() throws {
    let others = [
      "base/b.yaml": "assay: 1\nextends: ../other/c.yaml", "other/c.yaml": "assay: 1\nrecords: {count: 3}",
    ]
    #expect(
      try SchemaForge.schema("extends: ./base/b.yaml", others: others).setRules.map(\.id) == ["records.count"]
    )
  }

  @Test(arguments: ["root:x:0:0", "- a"])
  func aBaseThatIsNoSchemaIsAnError(text: String) {
    let issues = SchemaForge.issues("extends: b.yaml", others: ["b.yaml": text])
    #expect(issues.first?.hasPrefix("b.yaml:1:1: a mapping is expected") == true)
  }

  @Test func aCircleIsAnErrorThatShowsIt() {
    let others = ["b.yaml": "assay: 1\nextends: main.yaml"]
    #expect(
      SchemaForge.issues("extends: b.yaml", others: others) == [
        "b.yaml:2:10: extends itself: main.yaml extends b.yaml extends main.yaml"
      ])
  }

  @Test func aLongChainIsAnError() {
    var others: [String: String] = [:]
    for index in 0..<20 { others["b\(index).yaml"] = "assay: 1\nextends: b\(index + 1).yaml" }
    #expect(
      SchemaForge.issues("extends: b0.yaml", others: others).first?.contains("more than 8 files") == true)
  }

  @Test func theEffectiveSchemaShowsEveryOrigin() throws {
    let file = try SchemaForge.file(
      "extends: b.yaml\nrecords: {count: 3}", others: ["b.yaml": "assay: 1\ndataset: x"])
    #expect(
      file.annotatedText == """
        assay: 1    # main.yaml:1
        dataset: x  # b.yaml:2
        records:    # main.yaml:3
          count: 3  # main.yaml:3

        """)
  }

  @Test(arguments: [
    "no", "007", "a b", "it's", "a: b", "#x", "- x", "~x", "", "null", "line\nbreak", "\"q\"", "é", "[x]",
    "*a", "%x", "@x", "\t",
  ])
  func shownSchemasAreReadBackAsTheyWere(word: String) throws {
    let file = try SchemaForge.file("fields: {a: {type: string, values: [\(YAMLTree.quoted(word)), b]}}")
    #expect(file.schema.recordRules.last?.check == .oneOf([word, "b"]))
    let again = try SchemaFile(path: "shown.yaml") { _ in Array(file.annotatedText.utf8) }
    #expect(again.schema.recordRules.map(\.check) == file.schema.recordRules.map(\.check))
  }
}
