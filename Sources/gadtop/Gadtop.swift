import GadtopCLI

@main
enum Gadtop {
    static func main() async {
        await GadtopCommand.launch()
    }
}
