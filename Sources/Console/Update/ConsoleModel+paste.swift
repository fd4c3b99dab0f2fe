import FleetModel
import Terminal

/// What is pasted goes into the text that is being typed and nowhere else: a clipboard must not act.
extension ConsoleModel {
    mutating func paste(_ paste: Paste) {
        hint = nil
        switch overlay {
        case nil, .delivery?, .columns?, .menu?, .quitting?: hint = HintWords.nowhereToPaste
        case .filter(var field)?:
            field.insert(paste.text.text)
            use(typedFilter: field)
        case .command(var line)?:
            line.insert(paste.text.text)
            overlay = .command(line)
        case .export(var field)?:
            field.insert(paste.text.text)
            overlay = .export(field)
        case .jump(var field)?:
            field.insert(paste.text.text)
            overlay = .jump(field)
        case .act(var form)?:
            guard form.insert(paste.text.text, situation, isTerse: isTerse) else {
                hint = HintWords.typedByHand
                return
            }
            overlay = .act(form)
        }
    }
}
