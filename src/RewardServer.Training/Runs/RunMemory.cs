using RewardServer.Training.Algorithms;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Planning;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>The memory of a run, planned before anything of it is computed.</summary>
/// <param name="Plan">What it takes.</param>
/// <param name="Free">Bytes of the device that were free; null where nothing says.</param>
/// <param name="SequencesAtOnce">Sequences that are generated at once, each of which draws numbers of its own; null where all draw from one stream, as many at once as ever.</param>
internal sealed record RunMemory(MemoryPlan Plan, long? Free, int? SequencesAtOnce)
{
    // The rest is for what kernels and allocators need, and for what cannot be told before.
    private const double Share = 0.9;

    // Sequences at once: those that a CPU has enough to do with, and a GPU.
    private const int MostOnCpu = 256;
    private const int MostOnGpu = 1024;

    // Besides what log-probabilities need of each logit: entropies, and the teacher's logits with the divergence from them.
    private const int Entropies = 12;
    private const int Divergences = 24;

    /// <summary>Plans it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="options">Where and on what.</param>
    /// <param name="shape">The policy's measures.</param>
    /// <param name="prompt">Tokens of the longest prompt.</param>
    /// <param name="stages">Gives the measures of the policy of a stage that was not run yet, by its name; null where what is named is there.</param>
    /// <exception cref="ArgumentException">It does not fit; the message says what would.</exception>
    public static RunMemory Of(Recipe recipe, RunOptions options, PolicyShape shape, int prompt, Func<string, PolicyShape>? stages = null)
    {
        var isGpu = options.Device.type == DeviceType.CUDA;
        // What a GPU draws depends on no stream, so that it may generate as many at once as fit; so may a CPU where the recipe says how many.
        var apart = isGpu || recipe.Memory?.Sequences is not null;
        var needs = Needs(recipe, options, shape, prompt, recipe.Memory?.Sequences ?? (isGpu ? MostOnGpu : MostOnCpu), stages);
        // All devices have as much to do: the one that has least tells what fits.
        if ((options.Memory ?? ((Device[])[options.Device, .. options.Others]).Select(FreeMemory.Of).Min()) is not { } free)
        {
            return new(needs.Plan(), null, apart ? needs.Sequences : null);
        }

        var room = (long)(Share * free) / (isGpu ? 1 : 1 + options.Others.Count);
        var host = isGpu && HostMemory.Free() is { } main ? (long?)(Share * main) : null;
        var fit = new MemoryFit(room, host, !isGpu, apart, recipe.TakesAdapters, [("pretraining.batchTokens", recipe.Pretraining?.BatchTokens ?? 0), ("reinforcement.batchTokens", recipe.Reinforcement.Optimization.BatchTokens)]);
        if (fit.Of(needs) is { } fitting)
        {
            CheckHost(fitting.Plan(), host);
            return new(fitting.Plan(), free, apart ? fitting.Sequences : null);
        }

        var ways = fit.Ways(needs);
        throw new ArgumentException(
            $"the run needs more memory than {options.Device} has for it, {MemoryPlan.Words(room)} of the {MemoryPlan.Words(free)} that are free: {needs.Plan()}. "
            + (ways.Count > 0 ? $"What would fit: {string.Join("; ", ways)}" : "Nothing that a recipe can say makes it fit but a smaller model, or shorter completions (rollouts.maxTokens)"));
    }

    /// <summary>In words.</summary>
    public override string ToString() => $"memory: {Plan}{(Free is { } free ? $"; {MemoryPlan.Words(free)} are free" : "; what is free is not known")}";

    private static void CheckHost(MemoryPlan plan, long? room)
    {
        if (plan.Host > room)
        {
            throw new ArgumentException($"memory.optimizerOffload needs {MemoryPlan.Words(plan.Host)} of main memory, which has room for {MemoryPlan.Words(room.Value)}: leave it out, or train adapters (lora)");
        }
    }

    private static MemoryNeeds Needs(Recipe recipe, RunOptions options, PolicyShape shape, int prompt, int most, Func<string, PolicyShape>? stages)
    {
        var algorithm = recipe.Algorithm?.Apply();
        var head = shape with { ScalarHead = true };
        var writes = recipe.FineTuning is null && recipe.Preferences?.Files.IsEmpty != false;
        var asked = Math.Max(writes ? (long)recipe.Rollouts.Prompts * recipe.Rollouts.Group : 0, Math.Max(recipe.Evaluation.Problems, recipe.Problems.Length));
        PolicyShape? Known(string path, Func<string, string> folder) => stages is not null && RecipeStage.Named(path) is { } stage ? stages(stage) : Kept(folder(path));
        var teacher = recipe.Distillation is { } taught ? Known(taught.Teacher, options.Stages.Checkpoint) : null;
        PolicyShape?[] others = [teacher, recipe.RewardModel is { } model && Known(model.Path, options.Stages.RewardModel) is { } judge ? judge with { ScalarHead = true } : null];
        PolicyShape?[] writers = [recipe.Distillation?.Kind == DistillationKind.Samples ? teacher : null];
        PolicyShape?[] learning = [algorithm?.Advantage == AdvantageKind.Gae || recipe.Preferences?.Kind == PreferenceKind.RewardModel ? head : null];
        return new()
        {
            Shape = shape,
            Adapters = recipe.Lora?.Layout(shape).Sum(adapter => adapter.Size),
            Type = options.ComputeType,
            Learns = recipe.Sampling is null || recipe.Pretraining is not null,
            Offload = recipe.Memory?.OptimizerOffload ?? false,
            Checkpointing = recipe.Memory?.GradientCheckpointing ?? false,
            Copies = options.Others.Count,
            Pairs = recipe.Preferences is not null,
            Reference = algorithm?.KlCoefficient > 0 || recipe.Preferences?.Kind == PreferenceKind.Dpo,
            BatchTokens = Math.Max(recipe.Pretraining?.BatchTokens ?? 0, Learned(recipe, prompt)),
            Prompt = prompt,
            MaxTokens = Math.Max(recipe.Rollouts.MaxTokens, recipe.Evaluation.TestTime?.Budgets[^1] ?? 0),
            Sequences = (int)Math.Min(most, asked),
            Asked = [.. others.OfType<PolicyShape>()],
            Writers = [.. writers.OfType<PolicyShape>()],
            Learning = [.. learning.OfType<PolicyShape>()],
            OfDrawn = GenerationMemory.OfLogit + (recipe.Rollouts.Temperature == 1 ? 0 : GenerationMemory.OfTemperature) + (recipe.Rollouts is { TopK: 0, TopP: 1 } ? 0 : GenerationMemory.OfLikeliest),
            OfLogit = PassMemory.OfLogit + (recipe.Rollouts.Temperature == 1 ? 0 : PassMemory.OfTemperature) + (algorithm?.EntropyCoefficient > 0 ? Entropies : 0) + (recipe.Distillation?.Kind == DistillationKind.ReverseKl ? Divergences : 0),
        };
    }

    // Tokens of a pass of what is learned: no more than a step has, where it learns from completions that it writes.
    private static int Learned(Recipe recipe, int prompt)
    {
        var tokens = recipe.Sampling is null ? recipe.Reinforcement.Optimization.BatchTokens : 0;
        return recipe.Algorithm is null ? tokens : (int)Math.Min(tokens, (long)recipe.Rollouts.Prompts * recipe.Rollouts.Group * (prompt + recipe.Rollouts.MaxTokens));
    }

    // What is not there, or is broken, is told by whoever reads it.
    private static PolicyShape? Kept(string folder) =>
        Directory.Exists(folder) && AdapterConfig.WholeOf(folder) is var whole && File.Exists(Path.Combine(whole, ConfigJson.FileName)) ? ConfigJson.Read(whole) : null;
}
