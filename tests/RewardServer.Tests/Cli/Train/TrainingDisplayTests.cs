using RewardServer.Cli.Train;
using RewardServer.Training.Tests.Reporting;
using Spectre.Console;

namespace RewardServer.Tests.Cli.Train;

public sealed class TrainingDisplayTests
{
    [Fact]
    public async Task Where_the_output_is_no_terminal_each_step_is_one_plain_line()
    {
        var lines = (await ShownAsync(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "r1-zero: 751.23 k parameters, 128 wide, 4 layers, grpo",
                "pretraining 1/1500  loss 3.0  grad 0.5  updating 16,000 tokens/s  1s",
                "reinforcement 1/200  loss -0.01  grad 0.7  reward 0.26 (accuracy 0.2, format 0.31)  length 46  entropy 0.8  kl 0.0012  clipped 1.2%  no spread 22%  reflection 0.41  generating 12,778 tokens/s  updating 15,000 tokens/s  1m 42s",
                "reinforcement 1 held-out: addition 50%, countdown 25%, 47.5 tokens",
                "a message of two lines",
            ],
            lines);
    }

    [Fact]
    public async Task On_a_terminal_the_page_is_drawn_to_its_last_state()
    {
        var output = await ShownAsync(true);
        Assert.Contains("reinforcement  step 1 of 200", output, StringComparison.Ordinal);
        Assert.Contains("a message of two lines", output.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_work_comes_through_with_the_page_drawn()
    {
        var (console, writer) = Terminal(true);
        await Assert.ThrowsAsync<InvalidOperationException>(() => TrainingDisplay.ShowAsync(console, TimeProvider.System, observer =>
        {
            observer.Stepped(Steps.Pretraining(1));
            observer.Stepped(Steps.Pretraining(2));
            throw new InvalidOperationException();
        }));
        Assert.Contains("pretraining  step 2 of", writer.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ShownAsync(bool isTerminal)
    {
        var (console, writer) = Terminal(isTerminal);
        await TrainingDisplay.ShowAsync(console, TimeProvider.System, observer =>
        {
            var recipe = Steps.R1Zero;
            observer.Started(recipe, recipe.Model.Shape(100));
            observer.Stepped(Steps.Pretraining(1));
            observer.Stepped(Steps.Reinforcement(1, Steps.Evaluation(0.5)));
            observer.Message("a message\nof two lines");
            return Task.CompletedTask;
        });
        return writer.ToString();
    }

    private static (IAnsiConsole Console, StringWriter Writer) Terminal(bool isTerminal)
    {
        var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new Output(writer, isTerminal),
        });
        return (console, writer);
    }

    private sealed class Output(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => 130;

        public int Height => 60;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
