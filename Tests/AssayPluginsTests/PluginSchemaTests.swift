import AssayCore
import AssayEngine
import AssayPlugins
import AssayTestSupport
import Testing

@Suite("What a schema says of its plugins")
struct PluginSchemaTests {
  private let run: RecordRun

  init() throws {
    run = try RecordRun("RecordProbe", "KitExample")
    try run.write(1)
  }

  @Test(arguments: [
    (
      "use: com.example.trip/1",
      "schema.yaml:3:21: no plugin \"com.example.trip/1\" in the folders that are searched (--plugin-path adds one); "
        + "found: com.example.aspect-ratio/1, com.example.even/1, com.example.luma/1, com.example.scribble/1, "
        + "com.example.seen/1, com.example.short-label/1, com.example.trap/1; did you mean \"com.example.trap/1\"?"
    ),
    (
      "use: com.example.hellinger/1",
      "schema.yaml:3:21: com.example.hellinger/1 is a comparator, which belongs under drift; use takes a measurement "
        + "or an invariant"
    ),
    (
      "use: com.example.trap/1, with: {creat: 1}",
      "schema.yaml:3:48: com.example.trap/1 has no parameter \"creat\"; it has create; did you mean \"create\"?"
    ),
    (
      "use: com.example.luma/1, with: {x: 1}",
      "schema.yaml:3:48: com.example.luma/1 has no parameter \"x\"; it has none"
    ),
    (
      "use: com.example.trap/1, with: {create: 3}",
      "schema.yaml:3:56: create: 0 to 2 is expected, 3 found"
    ),
    (
      "use: com.example.trap/1, with: {create: corner}",
      "schema.yaml:3:56: a number is expected, \"corner\" found"
    ),
    (
      "use: com.example.trap/1, bound: {scor: {max: 1}}",
      "schema.yaml:3:49: com.example.trap/1 does not give \"scor\"; it gives score, word; did you mean \"score\"?"
    ),
    (
      "use: com.example.even/1, bound: {odd: {max: 1}}",
      "schema.yaml:3:49: com.example.even/1 does not give \"odd\"; it gives findings"
    ),
    (
      "use: com.example.trap/1, with: {create: 1}",
      "schema.yaml:3:21: com.example.trap/1: refuses to start"
    ),
    (
      "use: com.example.trap/1, with: {create: 2}",
      "schema.yaml:3:21: com.example.trap/1: crashed (signal 11, Segmentation fault) while it was made ready"
    ),
  ])
  func aMistakeIsRefusedWithItsPlace(entry: String, message: String) {
    #expect(
      run.refusal("invariants:\n  - {id: trap, \(entry)}")
        .hasPrefix(message))
  }

  @Test func aPluginUsedTwiceIsRefused() {
    let entry = "use: com.example.trap/1, bound: {score: {max: 1}}"
    #expect(
      run.refusal("invariants:\n  - {id: one, \(entry)}\n  - {id: two, \(entry)}")
        == "schema.yaml:4:20: com.example.trap/1 is used at schema.yaml:3:20 already; write its bounds in one entry, "
        + "each with its own terms")
  }

  @Test func onePluginMayBeUsedInEachEnvironmentInItsOwnWay() throws {
    let entry = "use: com.example.trap/1, bound: {score: {max: 1}}"
    let result = try run.validate(
      """
      environments: [a, b]
      invariants: [{id: one, in: [a], \(entry)}, {id: two, in: [b], \(entry)}]
      """
    ) { $0.environment = "b" }
    #expect(
      result.report.rules.filter { $0.evaluated > 0 && $0.subject.hasPrefix("com.") }.map(\.rule) == ["two"])
  }

  @Test func theSchemaWeShipUsesAPluginThatIsThere() throws {
    let path = PackageFiles.path("Schemas/street-signs.yaml")
    let plugins = PluginSearch(registry: PluginRegistry(folders: [ExecutableFolder.path]))
    let schema = try RunSchema(path: path, environment: "training", plugins: plugins)
    #expect(schema.compiled.recordRules.plugins.first?.call?.parameters == [0.05, 16])
  }

  @Test func aSchemaWithoutPluginsLoadsNone() throws {
    try run.plugins.add("CrashingConstructor")
    #expect(try run.validate("dataset: plain").rows.count == 1)
  }

  @Test func aBoundIsReadByTheKindOfItsOutput() throws {
    let result = try run.validate(
      "invariants: [{id: seen, use: com.example.seen/1, bound: {pixels: false, width: {min: 1}, fields: [x]}}]"
    )
    let rules = result.report.rules.filter { $0.rule.hasPrefix("seen.") }
    #expect(rules.map(\.rule) == ["seen.pixels", "seen.width", "seen.fields"])
    #expect(rules.map(\.verdict) == [.pass, .pass, .fail])
  }
}
