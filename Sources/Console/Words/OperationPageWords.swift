import FleetModel

/// What the page of operations says.
enum OperationPageWords {
    static var cancel: SafeText { say("cancel", "cancelar") }
    static var takeOver: SafeText { say("take over", "tomar el mando") }
}
