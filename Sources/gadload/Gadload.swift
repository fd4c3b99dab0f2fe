import GadloadCLI

@main
enum Gadload {
    static func main() async {
        await GadloadCommand.start()
    }
}
