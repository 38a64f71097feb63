using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>The memory of all stages of a staged recipe, planned before the first of them begins: what a later one begins with has the measures of what an earlier one makes.</summary>
/// <param name="options">Where and on what they are run, with where the stages are.</param>
internal sealed class StagePlans(RunOptions options)
{
    private readonly Dictionary<string, Begun> stages = [];

    /// <summary>Plans a stage, after those before it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="ended">Whether it ended before, and only others need to know of it.</param>
    /// <exception cref="ArgumentException">It does not fit, or its members do not go together.</exception>
    /// <exception cref="InvalidDataException">A checkpoint that it begins with is broken.</exception>
    public void Add(Recipe stage, bool ended)
    {
        var (problems, read) = (RecipeProblems.Of(stage), RecipeProblems.ReadOf(stage));
        var begun = stage.Model.Path switch
        {
            null => Fresh(stage, PromptTemplate.Characters(read, problems)),
            { } path when RecipeStage.Named(path) is { } name => stages[name],
            { } path => Of(AdapterConfig.WholeOf(options.Stages.Model(path))),
        };
        stages[stage.Stage!.Name] = begun;
        if (!ended)
        {
            var template = PromptTemplate.Named(stage.Template, begun.Texts, stage.System);
            RunMemory.Of(stage, options, begun.Shape, PromptLengths.Longest(stage, problems, template, begun.Tokenizer, begun.Shape), name => stages[name].Shape);
        }
    }

    private static Begun Fresh(Recipe stage, CharacterTokenizer tokenizer) => new(stage.Model.Shape(tokenizer.VocabularySize), tokenizer, null);

    private static Begun Of(string folder) => new(ConfigJson.Read(folder), TokenizerFiles.Read(folder), folder);

    /// <summary>What a stage begins with.</summary>
    /// <param name="Shape">The policy's measures.</param>
    /// <param name="Tokenizer">Its tokenizer.</param>
    /// <param name="Texts">The checkpoint that has tokenizer and template; null where they are the recipe's.</param>
    private sealed record Begun(PolicyShape Shape, ISavedTokenizer Tokenizer, string? Texts);
}
