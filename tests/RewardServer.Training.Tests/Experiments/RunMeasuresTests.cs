using System.Collections.Immutable;
using RewardServer.Training.Experiments;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Tests.Reporting;

namespace RewardServer.Training.Tests.Experiments;

public sealed class RunMeasuresTests
{
    private const string Staged = """
        name: taught
        model: {hidden: 32, layers: 1, heads: 2, intermediate: 48}
        problems: [{kind: addition}]
        pretraining: {steps: 3, learningRate: 1e-3}
        rubric: r1-zero
        reinforcement: {steps: 4, learningRate: 1e-3}
        stages:
          - name: teacher
            algorithm: {name: grpo}
          - name: student
            FROM
            distillation: {teacher: stage:teacher}
        """;

    private static readonly EvaluationMetrics Base = Steps.Evaluation(0.2), Taught = Steps.Evaluation(0.8), Student = Steps.Evaluation(0.6);

    [Fact]
    public void A_teacher_costs_and_is_not_measured_as_if_it_were_the_student()
    {
        var points = Points("from: base");
        // The student's base, when the teacher had taken its four steps, and its end.
        Assert.Equal([(4, 0.15), (8, 0.45)], points);
    }

    [Theory]
    [InlineData("from: teacher")]
    [InlineData("description: Goes on from the stage before it.")]
    public void A_stage_that_goes_on_from_another_is_measured_from_its_beginning(string from) =>
        Assert.Equal([(0, 0.15), (4, 0.6), (4, 0.15), (8, 0.45)], Points(from));

    [Fact]
    public void Where_nothing_could_be_judged_there_is_no_accuracy()
    {
        var values = Assert.Single(RunMeasures.Of([new(Steps.R1Zero, [Steps.Pretraining(3, Base with { Accuracy = ImmutableSortedDictionary<string, double>.Empty })])])).Values;
        Assert.DoesNotContain("accuracy", values.Keys);
        Assert.Contains("tokens", values.Keys);
    }

    [Fact]
    public void Votes_and_budgets_are_measures()
    {
        ImmutableSortedDictionary<string, double> Right(double share) => ImmutableSortedDictionary<string, double>.Empty.Add("addition", share);
        var evaluation = Base with { TestTime = [new(8, 1, 7, 1e6, Right(0.1)), new(8, 4, 28, 4e6, Right(0.2)), new(40, 1, 30, 3e6, Right(0.3)), new(40, 4, 120, 12e6, Right(0.5))] };
        var values = Assert.Single(RunMeasures.Of([new(Steps.R1Zero, [Steps.Pretraining(3, evaluation)])])).Values;
        Assert.Equal((0.1, 0.3, 0.5), (values["accuracy within 8 tokens"], values["accuracy within 40 tokens"], values["maj@4"]));
        Assert.Equal("50%", RunMeasures.Words("maj@4")(0.5));
    }

    private static (int Steps, double Accuracy)[] Points(string from)
    {
        var stages = Recipe.Read(Staged.Replace("FROM", from, StringComparison.Ordinal), "taught.yaml").Stages;
        StepMetrics[] teacher = [Steps.Pretraining(3, Base), .. Enumerable.Range(1, 4).Select(step => Steps.Reinforcement(step, step == 4 ? Taught : null))];
        StepMetrics[] student = [Steps.Pretraining(3, Base), .. Enumerable.Range(1, 4).Select(step => Steps.Reinforcement(step, step == 4 ? Student : null))];
        return [.. RunMeasures.Of([new(stages[0], teacher), new(stages[1], student)])
            .Select(point => ((int)point.Cost[ExperimentAxis.Steps], Math.Round(point.Values[RunMeasures.Accuracy], 9)))];
    }
}
