using System.Text;
using System.Text.Json;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Jobs.Tests;

/// <summary>What grades, with a sandbox where this machine has one.</summary>
public sealed class Graders : IAsyncLifetime
{
    private SetGrader grader = null!;

    public RubricCompiler Compiler { get; private set; } = null!;

    public SandboxPool Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxPool.StartAsync(new SandboxOptions { Slots = 1 }, TimeProvider.System, CancellationToken.None);
        Compiler = new(new(Sandbox));
        grader = new(Sandbox.Slots, (item, exception) => throw new InvalidOperationException(item.Id, exception));
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    public void NeedSandbox() => Assert.SkipUnless(Sandbox.Engine.Available, $"no sandbox: {Sandbox.Engine.Reason}");

    public Rubric Rubric(string json) => Rubric(JsonElement.Parse(json));

    public Rubric Rubric(JsonElement json)
    {
        var (rubric, errors) = Compiler.Compile(json);
        Assert.Empty(errors);
        return rubric!;
    }

    public LocalGrading By(Rubric rubric) => new(rubric, grader, TimeProvider.System);

    public static IAsyncEnumerable<Row> Rows(params IEnumerable<string> lines) =>
        RowReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), RowFormat.Jsonl, cancellation: TestContext.Current.CancellationToken);
}
