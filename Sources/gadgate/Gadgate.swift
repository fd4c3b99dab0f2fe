import GadgateCLI

@main
enum Gadgate {
    static func main() async {
        await GadgateCommand.launch()
    }
}
