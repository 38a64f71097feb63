using System.Collections.Immutable;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Cli.Train;

/// <summary>All that the page of a run shows. Each event gives a new one.</summary>
internal sealed record TrainingPageState
{
    private const int KeptMessages = 3;

    public static readonly TrainingPageState Empty = new();

    public Recipe? Recipe { get; init; }

    public PolicyShape? Shape { get; init; }

    /// <summary>The stages that have ended, in order, where the recipe is one of them.</summary>
    public ImmutableList<StageSteps> EndedStages { get; init; } = [];

    /// <summary>The steps of all phases of the run, or of the stage that it is in, in order.</summary>
    public ImmutableList<StepMetrics> Steps { get; init; } = [];

    /// <summary>The evaluations, in order, each once.</summary>
    public ImmutableList<EvaluationPoint> Evaluations { get; init; } = [];

    /// <summary>The newest messages.</summary>
    public ImmutableList<string> Messages { get; init; } = [];

    /// <summary>The newest step; null before the first.</summary>
    public StepMetrics? Now => Steps.Count > 0 ? Steps[^1] : null;

    /// <summary>The steps of the phase that the run is in.</summary>
    public IEnumerable<StepMetrics> PhaseSteps => Steps.Where(step => step.Phase == Now?.Phase);

    /// <summary>How many steps the phase has that the run is in.</summary>
    public int PlannedSteps => Now?.Phase == Phases.Pretraining ? Recipe?.Pretraining?.Steps ?? 0 : Recipe?.Reinforcement.Optimization.Steps ?? 0;

    /// <summary>Seconds that the phase will go on, at the pace of the last steps; null where none is known.</summary>
    public double? SecondsLeft
    {
        get
        {
            var last = PhaseSteps.TakeLast(20).ToArray();
            return last.Length < 2 ? null : Math.Max(0, PlannedSteps - last[^1].Step) * (last[^1].Seconds - last[0].Seconds) / (last.Length - 1);
        }
    }

    public TrainingPageState Started(Recipe recipe, PolicyShape shape) => this with { Recipe = recipe, Shape = shape, Steps = [], Evaluations = [] };

    public TrainingPageState Ended(StageSteps stage) => this with { EndedStages = EndedStages.Add(stage) };

    public TrainingPageState With(StepMetrics step)
    {
        var next = this with { Steps = Steps.Add(step) };
        return step.Evaluation is { } evaluation ? next.With(new EvaluationPoint(step.Phase, step.Step, evaluation)) : next;
    }

    public TrainingPageState With(EvaluationPoint evaluation) => this with
    {
        Evaluations = Evaluations.RemoveAll(one => (one.Phase, one.Step) == (evaluation.Phase, evaluation.Step)).Add(evaluation),
    };

    public TrainingPageState With(string message) => this with { Messages = [.. Messages.TakeLast(KeptMessages - 1), message] };
}
