using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>Finds the models that a policy learns by: the teacher of a distillation, and a reward model.</summary>
internal static class Teachers
{
    /// <summary>Makes sure that there is a teacher to be had, where one is asked for, before anything is trained.</summary>
    /// <exception cref="ArgumentException">There is no such checkpoint, or one of other tokens.</exception>
    public static void Check(Recipe student, RunOptions options, ISavedTokenizer tokenizer)
    {
        if (student.Distillation is { } distillation)
        {
            var path = options.Stages.Checkpoint(distillation.Teacher);
            var read = Directory.Exists(path) ? TokenizerFiles.Read(AdapterConfig.WholeOf(path)) : throw new ArgumentException($"distillation.teacher: there is no folder {path}");
            if (!SameTokens(tokenizer, read))
            {
                throw new ArgumentException($"distillation.teacher: {path} has other tokens than the student: both must read the same");
            }
        }
    }

    /// <summary>The teacher.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is broken.</exception>
    public static Policy Of(Recipe student, RunOptions options) => Checkpoint.ReadFrozen(options.Stages.Checkpoint(student.Distillation!.Teacher), options.Device, options.ComputeType);

    /// <summary>The rewards of a reward model beside those of rules.</summary>
    /// <exception cref="ArgumentException">The folder holds no reward model, or one that knows other tokens or reads less than the policy.</exception>
    public static ModelRewards RewardsOf(RewardModelRecipe recipe, IRewards rules, RunOptions options, ISavedTokenizer tokenizer, PolicyShape policy)
    {
        var path = options.Stages.RewardModel(recipe.Path);
        var shape = Directory.Exists(path) ? ConfigJson.Read(path) : throw new ArgumentException($"rewardModel.path: there is no folder {path}");
        if (!shape.ScalarHead)
        {
            throw new ArgumentException($"rewardModel.path: {path} has no scalar head, and so is no reward model");
        }

        if (shape.MaxPositions < policy.MaxPositions)
        {
            throw new ArgumentException($"rewardModel.path: {path} reads {shape.MaxPositions} tokens, and the policy writes up to {policy.MaxPositions}");
        }

        var read = TokenizerFiles.Read(path);
        return SameTokens(tokenizer, read)
            ? new(rules, Checkpoint.ReadFrozen(path, options.Device, options.ComputeType), read, recipe)
            : throw new ArgumentException($"rewardModel.path: {path} has other tokens than the policy: both must read the same");
    }

    private static bool SameTokens(ISavedTokenizer student, ISavedTokenizer teacher) => (student, teacher) switch
    {
        (CharacterTokenizer own, CharacterTokenizer other) => own.Alphabet == other.Alphabet && own.Tags.SequenceEqual(other.Tags),
        _ => student.GetType() == teacher.GetType() && student.VocabularySize == teacher.VocabularySize && student.EndOfText == teacher.EndOfText,
    };
}
