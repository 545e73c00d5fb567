export { benjaminiHochberg } from "./benjamini-hochberg.ts";
export { benjaminiYekutieli } from "./benjamini-yekutieli.ts";
export { type BestThreshold, type BestThresholdOptions, bestThreshold } from "./best-threshold.ts";
export { binaryAgreement, type VerdictCounts } from "./binary-agreement.ts";
export { brierScore } from "./brier-score.ts";
export { calibratedMean } from "./calibrated-mean.ts";
export { type ChiSquareTest, chiSquareTest } from "./chi-square-test.ts";
export { chiSquareUpperTail } from "./chi-square-upper-tail.ts";
export { cliffsDelta, cliffsDeltaOfTest } from "./cliffs-delta.ts";
export {
  type CliffsDeltaInterval,
  cliffsDeltaInterval,
  cliffsDeltaIntervalOfCounts,
} from "./cliffs-delta-interval.ts";
export {
  type ClusterBootstrap,
  type ClusterBootstrapOptions,
  clusterBootstrap,
} from "./cluster-bootstrap.ts";
export { type CohenKappa, type CohenKappaOptions, cohenKappa } from "./cohen-kappa.ts";
export { confidenceSequenceMargin } from "./confidence-sequence-margin.ts";
export type { Correlation } from "./correlation.ts";
export { type CusumOptions, cusum } from "./cusum.ts";
export { detectableEffectSize } from "./detectable-effect-size.ts";
export {
  type CalibrationError,
  type ExpectedCalibrationErrorOptions,
  expectedCalibrationError,
  type ReliabilityBin,
} from "./expected-calibration-error.ts";
export { fisherExactTest } from "./fisher-exact-test.ts";
export { fitLogistic, type LogisticFit } from "./fit-logistic.ts";
export { hajekMean } from "./hajek-mean.ts";
export { hedgesG, hedgesGOfMoments, type StandardizedDifference } from "./hedges-g.ts";
export { holm } from "./holm.ts";
export { type InterruptedTimeSeries, interruptedTimeSeries } from "./interrupted-time-series.ts";
export type { IntervalOptions } from "./interval-options.ts";
export { type IsotonicFit, isotonicRegression, type Knot } from "./isotonic-regression.ts";
export { kaplanMeier, type SurvivalCurve, type WaitingTime, waitingTime } from "./kaplan-meier.ts";
export { kendall } from "./kendall.ts";
export { kishEffectiveSize } from "./kish-effective-size.ts";
export {
  type KrippendorffAlpha,
  type KrippendorffAlphaOptions,
  krippendorffAlpha,
} from "./krippendorff-alpha.ts";
export {
  type KrippendorffAlphaInterval,
  type KrippendorffAlphaIntervalOptions,
  krippendorffAlphaInterval,
} from "./krippendorff-alpha-interval.ts";
export { logGamma } from "./log-gamma.ts";
export { logLoss } from "./log-loss.ts";
export { type MannWhitneyTest, mannWhitneyTest, mannWhitneyTestOfCounts } from "./mann-whitney-test.ts";
export { type MeanDifferenceSequence, meanDifferenceSequence } from "./mean-difference-sequence.ts";
export type { MeanDifferenceTest } from "./mean-difference-test.ts";
export { midranks } from "./midranks.ts";
export { minimumDetectableEffect } from "./minimum-detectable-effect.ts";
export {
  addPair,
  addValue,
  emptyMoments,
  emptyPairedMoments,
  type MomentSums,
  mergeMoments,
  mergePairedMoments,
  momentsOfSums,
  type PairedMomentSums,
} from "./moment-sums.ts";
export { type Moments, moments } from "./moments.ts";
export { noncentralStudentUpperTail } from "./noncentral-student-upper-tail.ts";
export { normalQuantile } from "./normal-quantile.ts";
export { normalUpperTail } from "./normal-upper-tail.ts";
export type { Numbers } from "./numbers.ts";
export { type PageHinkleyOptions, pageHinkley } from "./page-hinkley.ts";
export { pearson } from "./pearson.ts";
export { type PlannedUpperBound, plannedUpperBound } from "./planned-upper-bound.ts";
export { plattScaling } from "./platt-scaling.ts";
export { type PopulationStabilityIndex, populationStabilityIndex } from "./population-stability-index.ts";
export { postStratify, type Strata } from "./post-stratify.ts";
export { type PpiMean, ppiMean } from "./ppi-mean.ts";
export { predictIsotonic } from "./predict-isotonic.ts";
export { predictLogistic } from "./predict-logistic.ts";
export {
  type Calibrated,
  type Calibration,
  type Margin,
  type NotCalibrated,
  type RakeOptions,
  rake,
} from "./rake.ts";
export { randomSource } from "./random-source.ts";
export { regularizedIncompleteBeta } from "./regularized-incomplete-beta.ts";
export { regularizedIncompleteGamma } from "./regularized-incomplete-gamma.ts";
export {
  type RidgeLogisticFit,
  type RidgeLogisticOptions,
  ridgeLogistic,
  type SparseRows,
} from "./ridge-logistic.ts";
export { rocAuc } from "./roc-auc.ts";
export { sampleSizeForProportions } from "./sample-size-for-proportions.ts";
export { sampleSizePerArm } from "./sample-size-per-arm.ts";
export { spearman } from "./spearman.ts";
export { studentPower } from "./student-power.ts";
export { studentQuantile } from "./student-quantile.ts";
export { studentTest, studentTestOfMoments } from "./student-test.ts";
export { studentTwoSidedP } from "./student-two-sided-p.ts";
export { type TrimmedWeights, type TrimOptions, trimWeights, type WeightSpread } from "./trim-weights.ts";
export { type TwoProportionTest, twoProportionTest } from "./two-proportion-test.ts";
export { type ValueCounts, valueCounts } from "./value-counts.ts";
export { weightedMidranks } from "./weighted-midranks.ts";
export { weightedPearson } from "./weighted-pearson.ts";
export { type ShareStratum, weightedShareInterval } from "./weighted-share-interval.ts";
export { weightedSpearman } from "./weighted-spearman.ts";
export { welchTest, welchTestOfMoments } from "./welch-test.ts";
export { wilsonInterval } from "./wilson-interval.ts";
