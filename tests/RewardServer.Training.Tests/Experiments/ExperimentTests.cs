using RewardServer.Training.Experiments;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Tests.Experiments;

public sealed class ExperimentTests
{
    private const string Yaml = """
        name: two
        description: One against the other.
        recipe: r1-zero
        seeds: 2
        at: completions
        reach: {measure: accuracy, value: 0.5}
        reinforcement: {steps: 3, warmup: 0}
        arms:
          - name: one
          - name: other
            algorithm: {name: rloo}
            reinforcement: {learningRate: 5e-4}
        """;

    [Fact]
    public void Arms_are_the_recipe_with_what_the_experiment_and_they_themselves_have_in_its_place()
    {
        var experiment = Experiment.Read(Yaml, "two.yaml");
        Assert.Equal(["one", "other"], experiment.Arms.Select(arm => arm.Name));
        Assert.Equal((2, ExperimentAxis.Completions, new ExperimentGoal("accuracy", 0.5)), (experiment.Seeds, experiment.At, experiment.Reach));
        var (one, other) = (experiment.Arms[0].Recipe, experiment.Arms[1].Recipe);
        Assert.All([one, other], recipe =>
        {
            Assert.Equal("two", recipe.Name);
            Assert.Equal(3, recipe.Reinforcement.Optimization.Steps);
            Assert.Equal(Recipe.Named("r1-zero").Model, recipe.Model);
        });
        Assert.Equal(("grpo", "rloo"), (one.Algorithm!.Name, other.Algorithm!.Name));
        Assert.Equal((1e-4, 5e-4), (one.Reinforcement.Optimization.LearningRate, other.Reinforcement.Optimization.LearningRate));
    }

    [Fact]
    public void An_arm_can_learn_in_another_way_or_in_stages()
    {
        var experiment = Experiment.Read(
            """
            name: ways
            recipe: r1-zero
            seeds: 1
            reinforcement: {steps: 3, warmup: 0}
            arms:
              - name: imitates
                imitation: {rationalize: true}
              - name: stages
                stages:
                  - name: first
                    reinforcement: {steps: 1}
                  - name: second
            """,
            "ways.yaml");
        Assert.NotNull(experiment.Arms[0].Recipe.Imitation);
        Assert.Null(experiment.Arms[0].Recipe.Algorithm);
        Assert.Equal([1, 3], experiment.Arms[1].Recipe.Stages.Select(stage => stage.Reinforcement.Optimization.Steps));
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once_with_its_line()
    {
        var exception = Assert.Throws<RecipeException>(() => Experiment.Read(
            """
            name: wrong
            recipe: r1-zero
            seeds: 0
            seed: 3
            at: minutes
            reach: {measure: accuracy}
            arms:
              - name: One
              - name: two
                algorithm: {name: gr}
                reinforcement: {stepz: 1}
              - name: two
            """,
            "wrong.yaml"));
        var errors = exception.Errors.Select(error => (error.Line, error.Field)).ToArray();
        foreach (var expected in new (int?, string)[] { (3, "seeds"), (4, "seed"), (5, "at"), (6, "reach.value"), (8, "arms[0].name"), (10, "arms[1].algorithm.name"), (11, "arms[1].reinforcement.stepz"), (12, "arms[2].name") })
        {
            Assert.Contains(expected, errors);
        }
    }

    [Theory]
    [InlineData("name: x\nseeds: 1\nrecipe: nothing\narms: [{name: a}, {name: b}]", "recipe")]
    [InlineData("name: x\nseeds: 1\nrecipe: r1\narms: [{name: a}, {name: b}]", "recipe")]
    [InlineData("name: x\nseeds: 1\nrecipe: r1-zero\narms: [{name: a}]", "arms")]
    [InlineData("name: x\nseeds: 1\nrecipe: r1-zero", "arms")]
    [InlineData("name: x\nseeds: 32\nrecipe: r1-zero\narms: [{name: a}, {name: b}]", "seeds")]
    public void What_cannot_be_compared_is_told(string yaml, string field) =>
        Assert.Contains(Assert.Throws<RecipeException>(() => Experiment.Read(yaml, "x")).Errors, error => error.Field == field);

    [Fact]
    public void Each_built_in_experiment_can_be_read_and_is_told_from_a_recipe()
    {
        Assert.NotEmpty(Experiment.Names);
        Assert.All(Experiment.Names, name =>
        {
            Assert.True(Experiment.IsMeant(name));
            Assert.Equal(name, Experiment.Prefix + Experiment.Find(name).Name);
        });
        Assert.False(Experiment.IsMeant("r1-zero"));
        Assert.Contains("experiments/rivals", Assert.Throws<RecipeException>(() => Experiment.Find("experiments/none")).Message, StringComparison.Ordinal);
    }
}
