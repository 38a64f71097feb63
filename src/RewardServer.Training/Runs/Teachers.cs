using System.Text.Json;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>Finds the models that a policy learns by: the teacher of a distillation, which its recipe makes once a run, and a reward model.</summary>
internal static class Teachers
{
    /// <summary>Makes sure that there is a teacher to be had, where one is asked for, before anything is trained.</summary>
    /// <exception cref="RecipeException">There is no such recipe, or it is wrong.</exception>
    /// <exception cref="ArgumentException">It learns from a teacher itself, or by other rewards; or there is no such checkpoint, or one of other tokens.</exception>
    public static void Check(Recipe student, ISavedTokenizer tokenizer)
    {
        if (student.Distillation is { Teacher: { } path })
        {
            var read = Directory.Exists(path) ? TokenizerFiles.Read(path) : throw new ArgumentException($"distillation.teacher: there is no folder {path}");
            if (!SameTokens(tokenizer, read))
            {
                throw new ArgumentException($"distillation.teacher: {path} has other tokens than the student: both must read the same");
            }
        }

        _ = RecipeOf(student);
    }

    private static Recipe? RecipeOf(Recipe student)
    {
        if (student.Distillation?.Recipe is not { } name)
        {
            return null;
        }

        var teacher = Recipe.Find(name);
        if (teacher.Distillation is not null)
        {
            throw new ArgumentException($"distillation.recipe is {name}, which learns from a teacher itself: name one that does not");
        }

        return JsonSerializer.Serialize(teacher.Rewards) == JsonSerializer.Serialize(student.Rewards)
            ? teacher
            : throw new ArgumentException($"distillation.recipe is {name}, whose rewards are others: give both recipes the same rubric");
    }

    /// <summary>The teacher; its recipe is run first where it was not, in a folder of the run, and goes on there if it was broken off.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is broken, or knows other tokens than the student.</exception>
    /// <exception cref="OperationCanceledException">It was ended; what there is of the teacher is kept.</exception>
    public static async Task<Policy> OfAsync(
        Recipe student, RunOptions options, ISavedTokenizer tokenizer, IRewards rewards, ITrainingObserver observer, CancellationToken cancellation)
    {
        var path = student.Distillation!.Teacher ?? await MadeAsync(RecipeOf(student)!, options, rewards, observer, cancellation).ConfigureAwait(false);
        var read = TokenizerFiles.Read(path);
        if (!SameTokens(tokenizer, read))
        {
            throw new InvalidDataException($"the teacher in {path} has other tokens than the student: both must read the same");
        }

        return Checkpoint.Read(path, options.Device, options.ComputeType);
    }

    /// <summary>The rewards of a reward model beside those of rules.</summary>
    /// <exception cref="ArgumentException">The folder holds no reward model, or one that knows other tokens or reads less than the policy.</exception>
    public static ModelRewards RewardsOf(RewardModelRecipe recipe, IRewards rules, RunOptions options, ISavedTokenizer tokenizer, PolicyShape policy)
    {
        var shape = Directory.Exists(recipe.Path) ? ConfigJson.Read(recipe.Path) : throw new ArgumentException($"rewardModel.path: there is no folder {recipe.Path}");
        if (!shape.ScalarHead)
        {
            throw new ArgumentException($"rewardModel.path: {recipe.Path} has no scalar head, and so is no reward model");
        }

        if (shape.MaxPositions < policy.MaxPositions)
        {
            throw new ArgumentException($"rewardModel.path: {recipe.Path} reads {shape.MaxPositions} tokens, and the policy writes up to {policy.MaxPositions}");
        }

        var read = TokenizerFiles.Read(recipe.Path);
        return SameTokens(tokenizer, read)
            ? new(rules, Checkpoint.Read(recipe.Path, options.Device, options.ComputeType), read, recipe)
            : throw new ArgumentException($"rewardModel.path: {recipe.Path} has other tokens than the policy: both must read the same");
    }

    private static async Task<string> MadeAsync(Recipe recipe, RunOptions options, IRewards rewards, ITrainingObserver observer, CancellationToken cancellation)
    {
        var folder = new RunFolder(options.Folder).TeacherPath;
        var checkpoints = new RunCheckpoints(new RunFolder(folder).CheckpointsPath, recipe.Checkpoints.Keep);
        using var run = new TrainingRun(recipe, options with { Folder = folder, Resume = checkpoints.Newest is not null }, rewards, new Watched(recipe.Name, observer));
        await run.RunAsync(cancellation).ConfigureAwait(false);
        return checkpoints.Newest!;
    }

    private static bool SameTokens(ISavedTokenizer student, ISavedTokenizer teacher) => (student, teacher) switch
    {
        (CharacterTokenizer own, CharacterTokenizer other) => own.Alphabet == other.Alphabet && own.Tags.SequenceEqual(other.Tags),
        _ => student.GetType() == teacher.GetType() && student.VocabularySize == teacher.VocabularySize && student.EndOfText == teacher.EndOfText,
    };

    /// <summary>Tells of the teacher's run what one wants to know while the student waits.</summary>
    private sealed class Watched(string name, ITrainingObserver observer) : ITrainingObserver
    {
        public void Started(Recipe recipe, PolicyShape shape) => observer.Message($"the teacher is made by {name}: {Figures.Scaled(shape.Parameters).TrimEnd()} parameters");

        public void Stepped(StepMetrics metrics)
        {
            if (metrics.Evaluation is { } evaluation)
            {
                observer.Message($"teacher, {metrics.Phase} {metrics.Step} held-out: {string.Join(", ", evaluation.Accuracy.Select(kind => $"{kind.Key} {Figures.Share(kind.Value)}"))}");
            }
        }

        public void Message(string text) => observer.Message($"teacher: {text}");
    }
}
