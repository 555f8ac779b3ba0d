package import AssayCore

/// Checks records against a schema's rules: in a worker on each record, and in the coordinator, by being
/// created, the schema itself.
///
/// One thread at a time; a worker has its own.
package final class RecordChecker {
  /// Two hashes make a key of 128 bits. Their keys are no secret: hashes never leave the run.
  private static let uniqueHashes = (
    high: SipHash(key: HashKey(bytes: Array("assay/unique/hig".utf8))),
    low: SipHash(key: HashKey(bytes: Array("assay/unique/low".utf8)))
  )

  package let rules: RecordRules
  private let plans: [RulePlan]
  /// By slice, the answer that decides it, for those with an expression.
  private let sliceAnswers: [Int?]
  /// By plugin, the answer on which what it says counts, for those with a condition.
  let pluginAnswers: [Int?]
  private let program: SQLProgram?
  let names: NameIndex
  let detector: PersonalDataDetector?

  /// Compiles expressions and lists.
  ///
  /// - Throws: everything in the rules that cannot be evaluated, with its place in the schema.
  package init(_ rules: RecordRules) throws(SchemaError) {
    var planner = RulePlanner(rules)
    plans = rules.rules.map { planner.plan($0) }
    sliceAnswers = rules.slices.map { planner.answerIndex(of: $0) }
    pluginAnswers = rules.plugins.map { planner.answerIndex(of: $0) }
    self.rules = rules
    program = planner.program()
    detector = planner.detector()
    names = NameIndex(rules)
    let issues = planner.issues
    guard issues.isEmpty else { throw SchemaError(issues) }
  }

  /// What every rule says of the record.
  package func check(_ record: RecordView) -> RecordJudgement {
    let reading = RecordReading(record, names: names, detector: detector)
    let answers = answers(reading)
    var judgement = RecordJudgement(ruleStates: RuleStates(ruleCount: plans.count))
    for (index, plan) in plans.enumerated() {
      note(outcome(of: plan, reading, answers), of: plan, at: index, reading, in: &judgement)
    }
    judgement.findings += pluginFindings(reading, answers)
    judgement.slices = slices(reading, answers, &judgement.notEvaluated)
    judgement.fields = observations(reading)
    judgement.undeclaredFields = reading.undeclaredFields
    return judgement
  }

  // MARK: SQL

  private func answers(_ reading: RecordReading) -> [SQLProgram.Answer] {
    guard let program else { return [] }
    var answers = program.answers(
      program.parameters.map { entry in
        let value = reading.value(of: entry.reference)
        if value.isMissing { return .null }
        switch entry.kind {
        case .number, .flag: return value.number.map(SQLProgram.Binding.number) ?? .null
        case .text: return .text(value.canonicalText)
        case .timestamp:
          guard case .integer(let seconds) = value else { return .null }
          return .text(Timestamp(seconds: seconds).description)
        }
      })
    guard !reading.record.withheld.isEmpty else { return answers }
    for index in answers.indices where readsWithheld(index, reading, program) { answers[index] = .null }
    return answers
  }

  /// Whether the answer would be that of a value which is not there: to an expression it is not the same as none.
  private func readsWithheld(_ answer: Int, _ reading: RecordReading, _ program: SQLProgram) -> Bool {
    program.reads[answer].contains { reading.withheld(program.parameters[$0 - 1].reference) != nil }
  }

  /// Whether NULL follows from something another rule judges.
  private func isJudgedElsewhere(_ answer: Int, _ reading: RecordReading) -> Bool {
    guard let program else { return false }
    return program.reads[answer].contains { reading.isJudgedElsewhere(program.parameters[$0 - 1].reference) }
  }

  /// Every name that the expression reads, with its value.
  private func readings(of answer: Int, _ reading: RecordReading) -> String {
    guard let program else { return "" }
    return program.reads[answer].prefix(8).map { parameter in
      let reference = program.parameters[parameter - 1].reference
      return "\(reference.fullName) = \(reading.display(reference))"
    }.joined(separator: ", ")
  }

  // MARK: Rules

  /// What the rule says; where it cannot tell, what it found in an earlier run.
  private func outcome(
    of plan: RulePlan, _ reading: RecordReading, _ answers: [SQLProgram.Answer]
  ) -> RuleOutcome {
    let outcome = presentOutcome(of: plan, reading, answers)
    guard case .null = outcome else { return outcome }
    return reading.recordedOutcome(of: plan.rule) ?? outcome
  }

  private func presentOutcome(
    of plan: RulePlan, _ reading: RecordReading, _ answers: [SQLProgram.Answer]
  ) -> RuleOutcome {
    if let condition = plan.conditionIndex {
      switch answers[condition] {
      case .yes: break
      case .no: return .notApplicable
      case .null:
        return isJudgedElsewhere(condition, reading)
          ? .notApplicable : .null(readings(of: condition, reading))
      }
    }
    if let plugin = plan.pluginIndex, plugin < reading.record.plugins.count {
      switch (reading.record.plugins[plugin], plan.rule.check) {
      case (.failed, _): return .unanswered
      case (.found(let findings), .plugin): return findings.isEmpty ? .passed : .violatedInPlugin
      case (.measured, .plugin): return .passed
      default: break
      }
    }
    guard let assertion = plan.assertIndex else { return reading.outcome(of: plan) }
    switch answers[assertion] {
    case .yes: return .passed
    case .no: return .violated(readings(of: assertion, reading))
    case .null:
      return isJudgedElsewhere(assertion, reading) ? .notApplicable : .null(readings(of: assertion, reading))
    }
  }

  private func note(
    _ outcome: RuleOutcome, of plan: RulePlan, at index: Int, _ reading: RecordReading,
    in judgement: inout RecordJudgement
  ) {
    func find(_ code: FindingCode, _ found: String) {
      let rule = plan.rule
      judgement.findings.append(
        Finding(
          code: code.rawValue, rule: rule.id, severity: rule.terms.severity, subject: rule.subject.name,
          expected: rule.check.expectation, found: found))
    }
    judgement.ruleStates[index] = outcome.state
    switch outcome {
    case .notApplicable, .violatedInPlugin: break
    case .unanswered: judgement.notEvaluated.append(plan.rule.id)
    case .passed:
      if case .unique = plan.rule.check, case .feature(let feature) = plan.rule.subject,
        !reading.isHidden(feature)
      {
        judgement.uniqueKeys.append(uniqueKey(reading.value(of: feature), rule: index))
      }
    case .violated(let found): find(plan.rule.code, found)
    case .violatedAs(let findings): for (code, found) in findings { find(code, found) }
    case .null(let found):
      judgement.notEvaluated.append(plan.rule.id)
      if plan.rule.terms.onNull == .fail { find(.ruleNull, found) }
    }
  }

  private func uniqueKey(_ value: Value, rule: Int) -> UniqueKey {
    let text = value.canonicalText
    let hashes = RecordChecker.uniqueHashes
    return UniqueKey(rule: rule, high: hashes.high.hash(text: text), low: hashes.low.hash(text: text))
  }

  // MARK: Slices and fields

  private func slices(
    _ reading: RecordReading, _ answers: [SQLProgram.Answer], _ notEvaluated: inout [String]
  ) -> [String] {
    var slices: [String] = []
    for (slice, answer) in zip(rules.slices, sliceAnswers) {
      switch slice.membership {
      case .condition:
        guard let answer else { continue }
        if answers[answer] == .yes { slices.append(slice.name) }
        if answers[answer] == .null, !isJudgedElsewhere(answer, reading) {
          notEvaluated.append("slices.\(slice.name)")
        }
      case .value(let feature):
        let value = reading.value(of: feature)
        if !value.isMissing, !reading.isHidden(feature) {
          slices.append("\(slice.name)=\(value.canonicalText)")
        }
      }
    }
    return slices
  }

  func observations(_ reading: RecordReading) -> [FieldObservation] {
    reading.record.fields.enumerated().map { position, field in
      if reading.isHidden(fieldAt: position) {
        let facts = reading.record.facts(ofWithheld: field.name) ?? PrivateFacts(of: field.value)
        return FieldObservation(name: field.name, value: .missing, privacy: facts)
      }
      let index = reading.declaredIndexes[position]
      return FieldObservation(name: field.name, value: measured(field.value, declared: index, reading))
    }
  }

  /// The value that is counted: of the declared type where it reads as that, else what it looks like.
  private func measured(_ value: Value, declared index: Int?, _ reading: RecordReading) -> Value {
    // A timestamp keeps its text, which tells it from a number.
    if let index, let type = names.declarations[index].type, type != .timestamp,
      let typed = reading.fields[index].typed
    {
      return typed
    }
    guard !reading.record.areFieldsTyped, let cell = value.text else { return value }
    return Value(cell: cell)
  }
}
