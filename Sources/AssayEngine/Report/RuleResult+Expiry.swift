import AssayCore

extension RuleResult {
  /// The warning that the rule is out of date, whether it holds or not; nil where it is not.
  var expiry: RemarkCount? {
    guard let expiredOn else { return nil }
    var remark = RemarkCount(
      kind: RemarkKind(code: FindingCode.ruleExpired.rawValue, severity: .warn, subject: rule))
    remark.add("\(rule) was to hold until \(expiredOn)", Locator(source: position.description))
    return remark
  }
}
