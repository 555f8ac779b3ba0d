import AssayCore

/// Prepares rules and collects everything that is wrong with them.
struct RulePlanner {
  private let rules: RecordRules
  private let names: NameTable
  private var conditions: [SQLText] = []
  private(set) var issues: [SchemaIssue] = []

  init(_ rules: RecordRules) {
    self.rules = rules
    names = rules.names
  }

  mutating func plan(_ rule: RecordRule) -> RulePlan {
    let plan = RulePlan(rule: rule)
    if let condition = rule.terms.condition { plan.conditionIndex = add(condition) }
    switch rule.check {
    case .assert(let expression): plan.assertIndex = add(expression)
    case .pattern(let pattern):
      do throws(Regex.Failure) { plan.regex = try Regex(pattern) } catch {
        issues.append(SchemaIssue(rule.position, "no regular expression (RE2): \(error.reason): \(pattern)"))
      }
    case .oneOf(let words):
      do throws(WordSet.UnreadableWord) { plan.words = try WordSet(words, kind(of: rule.subject)) } catch {
        issues.append(
          SchemaIssue(
            rule.position,
            "\(error.type.rawValue) expected in the list of \(rule.subject.name), found \"\(error.word)\""))
      }
    case .sampleValues(let values): plan.sampleValues = Set(values)
    default: break
    }
    if case .feature(.field(let name)) = rule.subject {
      plan.fieldIndex = rules.fields.firstIndex { $0.name == name }
    }
    plan.pluginIndex = pluginIndex(of: rule.subject)
    return plan
  }

  private func pluginIndex(of subject: RuleSubject) -> Int? {
    switch subject {
    case .plugin(let id): rules.plugins.firstIndex { $0.plugin == id }
    case .feature(.measurement(let name)):
      rules.plugins.firstIndex { $0.measurements.contains { $0.name == name } }
    default: nil
    }
  }

  /// The index of the answer that must be yes for what the plugin says to count; nil where it always does.
  mutating func answerIndex(of plugin: PluginUse) -> Int? { plugin.terms.condition.map { add($0) } }

  /// The index of the answer that decides the slice, if an expression does.
  mutating func answerIndex(of slice: SliceDeclaration) -> Int? {
    if case .condition(let expression) = slice.membership { add(expression) } else { nil }
  }

  private mutating func add(_ condition: SQLText) -> Int {
    if let index = conditions.firstIndex(of: condition) { return index }
    conditions.append(condition)
    return conditions.count - 1
  }

  private func kind(of subject: RuleSubject) -> NameKind {
    guard case .feature(let reference) = subject, case .success(let entry) = names.resolve(reference.fullName)
    else { return .text }
    return entry.kind
  }

  /// The conditions' program; nil where there is none or something is wrong with one.
  mutating func program() -> SQLProgram? {
    guard !conditions.isEmpty else { return nil }
    do throws(SchemaError) {
      let program = try SQLProgram(conditions, names: names)
      for slice in rules.slices { refusePrivateNames(in: slice, program) }
      return program
    } catch {
      issues += error.issues
      return nil
    }
  }

  /// A slice's name in a row would tell what a private field holds.
  private mutating func refusePrivateNames(in slice: SliceDeclaration, _ program: SQLProgram) {
    guard case .condition(let expression) = slice.membership,
      let index = conditions.firstIndex(of: expression)
    else { return }
    for parameter in program.reads[index] where program.parameters[parameter - 1].isPrivate {
      let name = program.parameters[parameter - 1].reference.fullName
      issues.append(SchemaIssue(expression.position, "a slice must not depend on \(name), which is private"))
    }
  }

  /// The detector, where a field asks for it.
  mutating func detector() -> PersonalDataDetector? {
    guard rules.fields.contains(where: { $0.privacy == .noPersonalData }) else { return nil }
    do throws(Regex.Failure) { return try PersonalDataDetector() } catch {
      issues.append(SchemaIssue(SourcePosition(file: "built-in"), "personal data: \(error.reason)"))
      return nil
    }
  }
}
