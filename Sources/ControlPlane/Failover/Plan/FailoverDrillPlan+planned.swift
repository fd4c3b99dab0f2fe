import FleetModel

extension FailoverDrillPlan: PlannedOperation {
    /// What is not okay, in the order of the checks.
    package var objections: [PlanObjection] {
        preflight.compactMap { finding in
            switch finding.answer {
            case .okay: nil
            case .warning: PlanObjection(.warning, finding.words)
            case .refusal(let option): PlanObjection(.refusal(option: option), finding.words)
            }
        }
    }

    package func machine() -> any OperationMachine { DrillMachine(self) }
}
