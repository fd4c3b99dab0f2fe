import FleetModel

/// What is said about moving through time, and about recording it.
package enum TimeWords {
    // MARK: In the events

    static func gap(_ span: SafeText) -> SafeText {
        say("nothing was recorded for \(span)", "no se grabó nada durante \(span)")
    }
    static func beganAgain(_ span: SafeText) -> SafeText {
        say("recording began anew here, after \(span)", "la grabación empezó de nuevo aquí, después de \(span)")
    }
    static func damaged(_ words: SafeText) -> SafeText {
        say("a part of the recording cannot be read: \(words)", "una parte de la grabación no se puede leer: \(words)")
    }

    // MARK: In the header

    static func paused(_ span: SafeText) -> SafeText { say(" PAUSED \(span) ", " PAUSA \(span) ") }
    static func lookingBack(_ span: SafeText, _ clock: SafeText, _ pace: SafeText) -> SafeText {
        say(" LOOKING BACK -\(span), at \(clock) \(pace) ", " MIRANDO ATRÁS -\(span), a las \(clock) \(pace) ")
    }
    static func briefBack(_ span: SafeText, _ clock: SafeText, _ pace: SafeText?) -> SafeText {
        let pace = pace.map { $0 + " " } ?? ""
        return say(" BACK -\(span) \(clock) \(pace)", " ATRÁS -\(span) \(clock) \(pace)")
    }
    static func replay(_ time: SafeText, _ pace: SafeText, _ part: SafeText) -> SafeText {
        say(" REPLAY \(time) UTC \(pace), \(part) of it ", " REPETICIÓN \(time) UTC \(pace), \(part) del total ")
    }
    static func briefReplay(_ clock: SafeText, _ place: SafeText) -> SafeText {
        say(" REPLAY \(clock) \(place) ", " REPET. \(clock) \(place) ")
    }
    static func speed(_ factor: SafeText) -> SafeText { "x\(factor)" }
    static var stopped: SafeText { say("stopped", "parado") }
    static func reading(_ part: SafeText) -> SafeText { say("reading \(part)", "leyendo \(part)") }
    static var recording: SafeText { "REC" }

    // MARK: In the line of keys

    static var jumpPrompt: SafeText { say("jump to ", "saltar a ") }
    static var jumpHints: [KeyLineWords.Hint] {
        [
            ("Enter", say("go", "ir")), ("21:04:30", say("UTC", "UTC")), ("-5m", say("back", "atrás")),
            ("2026-03-01 21:04", say("a day", "un día")),
        ]
    }
    static var forward: SafeText { say("forward", "adelante") }
    static var back: SafeText { say("back", "atrás") }
    static var jump: SafeText { say("jump", "saltar") }
    static func play(_ isPlaying: Bool) -> SafeText { isPlaying ? say("stop", "parar") : say("play", "andar") }
    static var begin: SafeText { say("begin", "inicio") }
    static var faster: SafeText { say("faster", "más rápido") }
    static var present: SafeText { say("to the present", "al presente") }

    // MARK: Answers to keys

    static var replayRefusal: SafeText {
        say(
            "This is a recording: nothing can be done in it; open the console on the fleet to act",
            "Esto es una grabación: aquí no se puede actuar; abre la consola sobre la flota para hacerlo")
    }
    static var noHistory: SafeText {
        say(
            "No history is kept here (--no-history, or over 256 workers); :record FILE keeps what follows",
            "Aquí no se guarda historia (--no-history, o más de 256 workers); :record FILE guarda lo que sigue")
    }
    static var inThePastOnly: SafeText {
        say("Time is moved through while one looks back: R does that", "El tiempo se recorre al mirar atrás: con R")
    }
    static var noTime: SafeText {
        say(
            "That is no time: give 21:04, 21:04:30, 2026-03-01 21:04, +5m or -5m",
            "Eso no es una hora: escribe 21:04, 21:04:30, 2026-03-01 21:04, +5m o -5m")
    }
    static func unreadable(_ reason: SafeText) -> SafeText {
        say("the recording cannot be read: \(reason)", "la grabación no se puede leer: \(reason)")
    }
    package static var slowDisk: SafeText { say("the disk does not answer", "el disco no responde") }
    static func recordingTo(_ path: SafeText) -> SafeText { say("Recording to \(path)", "Grabando en \(path)") }
    static func recorded(_ path: SafeText, _ size: SafeText) -> SafeText {
        say("Recorded to \(path), \(size)", "Grabado en \(path), \(size)")
    }
    static func recordingFailed(_ path: SafeText, _ reason: SafeText) -> SafeText {
        say("nothing is recorded to \(path) any more: \(reason)", "ya no se graba en \(path): \(reason)")
    }
    static var notRecording: SafeText { say("Nothing is being recorded", "No se está grabando nada") }
    static var alreadyRecording: SafeText {
        say("Already recording; :record off ends it", "Ya se está grabando; :record off lo termina")
    }
}

/// What a recording without a screen tells of itself.
package enum RecordWords {
    package static func progress(
        _ file: SafeText, _ span: SafeText, workers: Int, samples: Int, _ size: SafeText
    ) -> SafeText {
        say(
            "recording to \(file): \(span), \(workers) workers, \(Figures.grouped(samples)) samples, \(size)",
            "grabando en \(file): \(span), \(workers) workers, \(Figures.grouped(samples)) muestras, \(size)")
    }
}
