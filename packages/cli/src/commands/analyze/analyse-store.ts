import {
  computeFeedbackRateByCohort,
  correlateFeedbackWithMetrics,
  detectDrift,
  estimateSatisfaction,
  findContradictions,
  findSegments,
  identifyMiscalibratedOutputs,
  listChanges,
  measureAgreement,
  type Store,
} from "@heed/core";
import { usualLabels } from "./segments.ts";

interface WholeOptions {
  /** @default "overall" */
  readonly score?: string;
  readonly since?: Date;
  readonly until?: Date;
}

/** What all analyses say of a store, one after the other, each as it is by default. */
export type WholePicture = Awaited<ReturnType<typeof analyseStore>>;

/** Asks a store everything that can be asked without knowing more of it. */
export const analyseStore = async (store: Store, { score = "overall", ...period }: WholeOptions) => {
  const scored = { score, ...period };
  return {
    correlations: await correlateFeedbackWithMetrics(store, { scores: "all", ...period }),
    agreement: await measureAgreement(store, scored),
    miscalibrated: await identifyMiscalibratedOutputs(store, scored),
    segments: await findSegments(store, { by: usualLabels, ...period }),
    contradictions: {
      byRequest: await findContradictions(store, period),
      byPromptVersion: await findContradictions(store, { across: "promptVersion", ...period }),
    },
    rates: await computeFeedbackRateByCohort(store, period),
    satisfaction: await estimateSatisfaction(store, scored),
    drift: {
      score: await detectDrift(store, scored),
      humanScore: await detectDrift(store, { ...scored, metric: "humanScore" }),
      feedbackRate: await detectDrift(store, { ...scored, metric: "feedbackRate" }),
      gap: await detectDrift(store, { ...scored, metric: "gap" }),
    },
    changes: await listChanges(store, period),
  };
};
