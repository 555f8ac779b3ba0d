/// Words that reports use of what they found, beside the codes.
package enum ReportWord: String, Sendable, Hashable, CaseIterable {
  case pass, warn, alarm, insufficient, overlapping, thinned, pending, mix, within, chance, calibration

  /// What it says, in one sentence.
  var meaning: String {
    switch self {
    case .pass: "Nothing moved more than chance gives, or every rule holds."
    case .warn:
      "More than chance gives, and not known to matter; of a rule, one of severity warn does not hold."
    case .alarm: "More than chance gives, and an effect that matters: the data has drifted."
    case .insufficient:
      "No drift was seen, and one that matters could have gone unseen: too few records to tell."
    case .overlapping: "Records are on both sides of the comparison, and p-values assume that none are."
    case .thinned: "A side has more records than chance is held against, so records were drawn from it first."
    case .pending: "Records that a metric cannot judge yet, mostly as their label is still to come."
    case .mix: "A feature moved because the shares of strata changed, not what is inside of them."
    case .within: "A feature moved inside of strata, whatever their shares."
    case .chance: "How often chance alone, with as many records, is beyond the floor."
    case .calibration:
      "How a statistic was held against chance; of metrics, how far confidence and accuracy are apart."
    }
  }

  /// When a report says it.
  var condition: String {
    switch self {
    case .pass: "no score is worse, and enough records were there to see an effect as large as its floor"
    case .warn:
      "p is significant, and the effect is within its floor, is news (a field that the reference never had), or is no outright break while records are taken for independent"
    case .alarm:
      "p is significant and the statistic is beyond its floor, or beyond the floor of a break where records are taken for independent"
    case .insufficient:
      "p is not significant, and a side has fewer than 30 records or the smallest effect that could have been seen is larger than the floor"
    case .overlapping: "records of exactly the same content were found on both sides"
    case .thinned:
      "a side has more than 20 000 records and the first comparator has no limit law; the statistic is of all records, p of those drawn"
    case .pending:
      "the label or prediction that the metric reads is missing; pending records count neither way"
    case .mix:
      "`drift: {strata: [...]}` is declared, p of the shares alone is significant and p inside of strata is not"
    case .within:
      "`drift: {strata: [...]}` is declared, p inside of strata is significant and p of the shares alone is not"
    case .chance: "it is printed behind a statistic where it is above zero: `[ks 0.15 < 0.2 (chance: 12 %)]`"
    case .calibration:
      "`permutation`: labels of records exchanged; `asymptotic`: the limit law, for large sets; `conformal`: the rank among the reference's own groups or windows; `groups`: the rank among deals of whole groups"
    }
  }

  /// What a reader does about it.
  var remedy: String {
    switch self {
    case .pass: "nothing; a pass says that nothing was seen, not that nothing can be wrong"
    case .warn:
      "look at the strongest; `--fail-on warn` makes it fail; groups or windows in the reference tell sessions from drift"
    case .alarm:
      "begin with what is likely and where; what is right is accepted: `assay accept REPORT.json FEATURE`"
    case .insufficient:
      "compare more records, merge small slices, or raise the floor of what does not matter so early"
    case .overlapping:
      "take the common records out of one side; `overlap:` in a schema bounds how many there may be"
    case .thinned: "nothing: as many records as are drawn show any effect that matters"
    case .pending: "join the labels once they are known, and judge again"
    case .mix:
      "ask why the shares changed; the model need not be wrong in any stratum (`assay explain drift.mix`)"
    case .within: "look at the strata that are named: something changed there"
    case .chance: "where it is large, do not trust the floor alone: more records make it smaller"
    case .calibration:
      "keep groups in the reference (`--group-by`, `--window`) where records hang together; for metrics see `metric.calibration`"
    }
  }
}
