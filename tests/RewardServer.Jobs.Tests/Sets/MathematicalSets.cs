using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Tests.Sets;

public sealed class MathematicalSets(Graders graders) : IClassFixture<Graders>
{
    [Theory]
    [InlineData("""{"question":"How many?","answer":"6*7=<<6*7=42>>42\n#### 42","response":"x"}""", "gsm8k", "42")]
    [InlineData("""{"problem":"How many?","solution":"so \\boxed{\\frac{1}{2}}, and \\boxed{\\frac{3}{4}}.","level":"Level 5","type":"Algebra","output":"x"}""", "math", "\\frac{1}{2}, \\frac{3}{4}")]
    [InlineData("""{"problem":"How many?","solution":"At first \\boxed{3}. No, wait: then it is \\boxed{4}.","output":"x"}""", "math", "4")]
    [InlineData("""{"problem":"?","solution":"These give $x =\\boxed{ -\\tfrac32}$ and $x = \\boxed{-\\tfrac34},$ respectively.","output":"x"}""", "math", "-\\tfrac32, -\\tfrac34")]
    [InlineData("""{"problem":"?","solution":"Hence $x$ must be $\\boxed{3}$ or $\\boxed{\\frac{2}{5}}$.","output":"x"}""", "math", "3 or \\frac{2}{5}")]
    [InlineData("""{"problem":"How many?","solution":"…","answer":"p - q","subject":"Algebra","level":2,"unique_id":"test/1.json","completion":"x"}""", "math", "p - q")]
    [InlineData("""{"ID":"2024-I-4","Problem":"How many?","Solution":"…","Answer":116,"completion":"x"}""", "math", "116")]
    [InlineData("""{"question":"How many?","final_answer":["2"],"completion":"x"}""", "math", "2")]
    [InlineData("""{"problem":"How many?","solution":"…","answer":"1","question_type":"math-word-problem","uuid":"u","generations":["x"]}""", "openr1-math", "1")]
    [InlineData("""{"data_source":"math_dapo","prompt":[{"role":"user","content":"How many?"}],"ability":"MATH","reward_model":{"ground_truth":"34","style":"rule"},"extra_info":{"index":"9a9b"},"response":"x"}""", "verl", "34")]
    [InlineData("""{"completion":"x","gold":"7"}""", "answers", "7")]
    public async Task A_row_of_each_set_has_its_gold(string row, string set, string gold)
    {
        var sample = await Rowing.OneAsync(row);
        Assert.Null(sample.Error);
        Assert.Equal([gold], Assert.IsType<MathTask>(sample.Item!.Task).Golds);
        Assert.Equal("x", sample.Item.CompletionText);
        Assert.Equal(sample.Item.Task, (await Rowing.OneAsync(row, set)).Item!.Task);
        Assert.Contains($"\\boxed{{{gold}}}", (await Rowing.ProblemAsync(row)).Gold, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The foci are $\\\\boxed{(10, 0)}$ and $\\\\boxed{(0,0)}.$ (Either point is an acceptable answer.)", "(10, 0)|(0,0)|(10, 0), (0,0)")]
    [InlineData("So it is $\\\\boxed{-3}$.\\n\\nNote: $\\\\boxed{3}$ is also accepted as an answer.", "-3|3")]
    public async Task Where_a_solution_says_that_each_of_its_answers_will_do_each_is_a_gold(string solution, string golds)
    {
        var sample = await Rowing.OneAsync($$"""{"problem":"?","solution":"{{solution}}","completion":"x"}""");
        Assert.Equal(golds, string.Join('|', Assert.IsType<MathTask>(sample.Item!.Task).Golds));
    }

    [Theory]
    [InlineData("""[{"role":"assistant","content":[{"type":"text","text":"\\boxed{"},{"type":"text","text":"1}"}]}]""")]
    [InlineData("""[{"role":"user","content":"?"},{"role":"assistant","content":["\\boxed{",{"type":"image_url","image_url":{"url":"data:"}},{"type":"output_text","annotations":[],"text":"1}"}]}]""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"\\boxed{"},{"type":"text","text":"1}"}]}""")]
    public async Task A_message_in_parts_is_read(string completion)
    {
        foreach (var row in (string[])["""{"problem":"?","answer":"1","completion":COMPLETION}""", """{"prompt":[{"role":"user","content":[{"type":"text","text":"?"}]}],"task":{"kind":"math","answer":"1"},"completion":COMPLETION}"""])
        {
            var item = (await Rowing.OneAsync(row.Replace("COMPLETION", completion, StringComparison.Ordinal))).Item;
            Assert.Equal((@"\boxed{1}", "?"), (item!.CompletionText, item.Prompt.LastOf("user")));
        }
    }

    [Theory]
    [InlineData("null", "", "ends with a message of the assistant without 'content'")]
    [InlineData("""[{"type":"image_url"}]""", "", "ends with a message of the assistant without 'content'")]
    [InlineData("null", ",\"tool_calls\":null", "ends with a message of the assistant without 'content'")]
    [InlineData("7", "", "has a message whose 'content' cannot be read: it must be a text")]
    [InlineData("""[{"type":"text"}]""", "", "holds a part of a text without its 'text'")]
    [InlineData("null", ",\"tool_calls\":[{}]", null)]
    public async Task A_message_without_content_is_skipped_but_where_the_model_did_something_else(string content, string more, string? error)
    {
        var sample = await Rowing.OneAsync($$"""{"problem":"?","answer":"1","completion":[{"role":"assistant","content":{{content}}{{more}}}]}""");
        Assert.Contains(error ?? "", sample.Error ?? "", StringComparison.Ordinal);
        Assert.Equal((error is null, error is null ? "" : null), (sample.Error is null, sample.Item?.CompletionText));
    }

    [Fact]
    public async Task What_tells_kinds_of_rows_apart_goes_into_the_results()
    {
        var sample = await Rowing.OneAsync("""{"problem":"?","answer":"42","unique_id":"a","subject":"Algebra","level":2,"hard":true,"completion":"42","url":null}""");
        Assert.Equal(["hard=true", "level=2", "subject=Algebra"], sample.Columns.Select(column => $"{column.Key}={column.Value}"));
    }

    [Fact]
    public async Task Several_generations_of_a_row_are_one_group()
    {
        var samples = await Rowing.ReadAsync("""{"problem":"?","answer":"1","question_type":"MCQ","uuid":"u","generations":["x","y"]}""");
        Assert.Equal(["u#0", "u#1"], samples.Select(sample => sample.Id));
        Assert.All(samples, sample => Assert.Equal("u", sample.Item!.Group));
    }

    [Fact]
    public async Task Rows_of_one_problem_are_one_group_by_its_id_or_else_its_words()
    {
        var byId = await Rowing.ReadAsync("""
            {"problem":"?","answer":"1","id":7,"completion":"x"}
            {"problem":"?","answer":"1","id":7,"completion":"y"}
            """);
        Assert.All(byId, sample => Assert.Equal("7", sample.Item!.Group));
        var byWords = await Rowing.ReadAsync("""
            {"problem":"?","answer":"1","completion":"x"}
            {"problem":"?","answer":"1","completion":"y"}
            {"problem":"!","answer":"1","completion":"y"}
            """);
        Assert.Equal(byWords[0].Item!.Group, byWords[1].Item!.Group);
        Assert.NotEqual(byWords[0].Item!.Group, byWords[2].Item!.Group);
    }

    [Fact]
    public async Task Rows_without_a_prompt_are_no_group()
    {
        var samples = await Rowing.ReadAsync("{\"completion\":\"x\",\"answer\":\"1\"}\n{\"completion\":\"x\",\"answer\":\"1\"}\n");
        Assert.Equal(["row 1", "row 2"], samples.Select(sample => sample.Item!.Group));
    }

    [Fact]
    public async Task A_problem_that_asks_for_a_proof_says_so() => Assert.Equal(
        "asks for a proof, of which no answer can be checked",
        (await Rowing.OneAsync("""{"problem":"Show it.","answer":"proof","question_type":"proof","uuid":"u","generations":["x"]}""")).Error);

    [Fact]
    public async Task Sets_of_verl_may_ask_for_programs_and_puzzles()
    {
        var code = await Rowing.OneAsync("""{"data_source":"taco","prompt":"?","reward_model":{"ground_truth":"{\"inputs\":[\"1\\n\"],\"outputs\":[\"2\\n\"]}"},"extra_info":{"split":"train","index":3},"response":"print(2)"}""");
        Assert.IsType<StdioTest>(Assert.Single(Assert.IsType<CodeTask>(code.Item!.Task).Tests));
        Assert.Equal(("taco/train/3", "```python\nprint(2)\n```"), (code.Id, code.Item.CompletionText));
        var puzzle = await Rowing.OneAsync("""{"data_source":"countdown","prompt":"?","reward_model":{"ground_truth":{"target":5,"numbers":[2,3]}},"response":"2+3"}""");
        Assert.Equal(5, Assert.IsType<CountdownPuzzle>(Assert.IsType<LogicTask>(puzzle.Item!.Task).Puzzle).Target);
        Assert.Contains("reward_model.ground_truth", (await Rowing.OneAsync("""{"prompt":"?","reward_model":{"style":"rule"},"response":"x"}""")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_of_lm_evaluation_harness_hold_the_row_of_their_set()
    {
        var known = await Rowing.ReadAsync("""{"doc_id":3,"doc":{"question":"?","answer":"so\n#### 4"},"target":"so\n#### 4","arguments":[["Q: ?\nA:",{"until":["Q:"]}]],"resps":[["4","5"]],"filter":"strict-match"}""");
        Assert.Equal(["3#0", "3#1"], known.Select(sample => sample.Id));
        Assert.All(known, sample => Assert.Equal(["4"], Assert.IsType<MathTask>(sample.Item!.Task).Golds));
        var other = await Rowing.OneAsync("""{"doc_id":3,"doc":{"words":"?"},"target":"4","arguments":{"gen_args_0":{"arg_0":"Q: ?\nA:"}},"resps":[["4"]]}""");
        Assert.Equal(("Q: ?\nA:", "4"), (other.Item!.Prompt.Text, Assert.IsType<MathTask>(other.Item.Task).Answer));
    }

    [Theory]
    [InlineData("""[[["-1.69","False"]],[["-0.21","True"]]]""")]
    [InlineData("""[[[-1.69,false]],[[-0.21,true]]]""")]
    [InlineData("""[[-35.5]]""")]
    public async Task Likelihoods_are_no_completions(string responses) => Assert.StartsWith(
        "has log-likelihoods in 'resps'",
        (await Rowing.OneAsync($$"""{"doc_id":3,"doc":{"question":"?"},"target":"1","arguments":[["Q: ?\nA:"," yes"]],"resps":{{responses}},"filter":"none"}""")).Error,
        StringComparison.Ordinal);

    [Fact]
    public async Task Completions_that_a_log_has_for_each_of_its_filters_are_graded_once()
    {
        const string Rest = "\"doc\":{\"question\":\"?\",\"answer\":\"#### 4\"},\"target\":\"4\",\"resps\":[[\"4\"]]";
        var samples = await Rowing.ReadAsync(string.Concat(from filter in (string[])["strict", "flexible"] from id in (int[])[0, 1] select $"{{\"doc_id\":{id},{Rest},\"filter\":\"{filter}\"}}\n"));
        Assert.Equal(["0", "1", "row 3", "row 4"], samples.Select(sample => sample.Id));
        Assert.All(samples[2..], sample => Assert.Equal("is of the filter 'flexible': its completions are graded once, in the rows of 'strict'", sample.Error));
    }

    [Fact]
    public async Task What_tells_kinds_apart_in_a_row_that_stands_in_another_goes_into_the_results()
    {
        var sample = await Rowing.OneAsync("""{"doc_id":3,"doc":{"problem":"?","answer":"4","level":"Level 5","subject":"Algebra"},"target":"4","resps":[["4"]],"doc_hash":"a","prompt_hash":"b","target_hash":"c","exact_match":1.0}""");
        Assert.Equal(["exact_match=1.0", "level=Level 5", "subject=Algebra"], sample.Columns.Select(column => $"{column.Key}={column.Value}"));
    }

    [Fact]
    public async Task One_completion_that_is_none_leaves_the_others_of_its_row()
    {
        var samples = await Rowing.ReadAsync("""{"problem":"?","answer":"1","id":"a","completions":["x",null,7,"y"]}""");
        Assert.Equal(["a#0", "row 1", "row 1", "a#3"], samples.Select(sample => sample.Id));
        Assert.Equal([null, "has no completion in place 2: what stands there is neither a text nor a chat"], samples.Take(2).Select(sample => sample.Error));
    }

    [Fact]
    public async Task Rows_of_one_question_without_an_id_are_one_group_of_all_their_completions()
    {
        const string Row = "{\"problem\":\"?\",\"answer\":\"1\",\"completions\":[\"x\",\"y\"]}\n";
        var samples = await Rowing.ReadAsync(Row + Row);
        Assert.Equal(4, samples.Count);
        Assert.Single(samples.Select(sample => sample.Item!.Group).Distinct());
    }

    [Fact]
    public async Task An_empty_completion_of_comma_separated_values_is_one_and_an_empty_id_is_none()
    {
        var sample = await Rowing.OneAsync("id,problem,answer,completion\n,?,1,\n");
        Assert.Equal(((string?)null, "row 2", ""), (sample.Error, sample.Id, sample.Item!.CompletionText));
    }

    [Theory]
    [InlineData("""{"problem":"How many?","answer":"033","completion":"It is \\boxed{33}."}""")]
    [InlineData("""{"problem":"How many?","answer":"33","completion":"It is \\boxed{033}."}""")]
    [InlineData("""{"question":"How much?","answer":"500+500=<<500+500=1000>>1000\n#### 1,000","completion":"It is \\boxed{1000}."}""")]
    [InlineData("""{"question":"How much?","answer":"500+500=<<500+500=1000>>1000\n#### 1,000","completion":"It is \\boxed{1,000}."}""")]
    public async Task Numbers_count_for_what_they_are_however_a_set_writes_them(string row)
    {
        var grading = graders.By(graders.Rubric("""{"components":[{"grader":"accuracy"}]}"""));
        Assert.Equal(1, Assert.Single(await grading.GradeAsync([await Rowing.OneAsync(row)], TestContext.Current.CancellationToken)).Reward);
    }

    [Theory]
    [InlineData("text", typeof(TextTask))]
    [InlineData("number", typeof(NumberTask))]
    [InlineData("choice", typeof(ChoiceTask))]
    [InlineData("math", typeof(MathTask))]
    public async Task Rows_of_no_set_have_answers_of_a_kind(string kind, Type task)
    {
        var samples = await Rowing.ReadAsync("""{"in":"?","out":"x","gold":"4"}""", map: "prompt=in,completion=out,answer=gold", shape: DataSets.OfAnswers(kind));
        Assert.IsType(task, Assert.Single(samples).Item!.Task);
        Assert.Equal("?", samples[0].Item!.Prompt.Text);
    }

    [Fact]
    public async Task A_map_reaches_into_columns() =>
        Assert.Equal(["4"], Assert.IsType<MathTask>((await Rowing.OneAsync("""{"input":{"gold":4},"result":{"text":"x"}}""", map: "answer=input.gold,completion=result.text")).Item!.Task).Golds);

    [Fact]
    public async Task Half_a_character_in_a_completion_is_read_as_in_a_request() =>
        Assert.Equal("x\uFFFD", (await Rowing.OneAsync("""{"completion":"x\ud83d","answer":"1"}""")).Item!.CompletionText);

    [Fact]
    public async Task A_column_whose_name_is_half_a_character_is_told()
    {
        var sample = await Rowing.OneAsync("""{"completion":"x","answer":"1","\ud83d":"y"}""");
        Assert.Contains("half of a character", sample.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"completion":"x","words":"1"}""", "is of no known set by its columns: completion, words")]
    [InlineData("""{"problem":"?","answer":"1"}""", "has no completion")]
    [InlineData("""{"problem":"?","answer":["1","2"],"completion":"x"}""", "has a list 'answer' that is not of one text")]
    [InlineData("""{"problem":"?","answer":"1","completion":7}""", "has a 'completion' that is no completion")]
    [InlineData("""{"task":{"kind":"math"},"completion":"x","prompt":"?"}""", "task.answer")]
    [InlineData("""{"task":{"kind":"maths","answer":"1"},"completion":"x","prompt":"?"}""", "task.kind 'maths' is not a known kind")]
    [InlineData("""{"task":{"kind":"math","answer":"1"},"completion":"x"}""", "has no 'prompt'")]
    [InlineData("""{"task":{"kind":"math","answer":"1"},"completion":"x","prompt":"?","completionTokens":-1}""", "completionTokens must not be negative")]
    [InlineData("""{"task":{"kind":"math","answer":"1"},"completion":"x","prompt":"?","truncated":"no"}""", "has a 'truncated' that is neither true nor false")]
    public async Task A_row_that_cannot_be_read_says_what_is_wrong(string row, string error) =>
        Assert.Contains(error, (await Rowing.OneAsync(row)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Items_keep_what_a_request_has()
    {
        var sample = await Rowing.OneAsync("""{"id":"a","group":"g","prompt":[{"role":"user","content":"?"}],"completion":[{"role":"assistant","content":"x"}],"completionTokens":3,"truncated":true,"meta":{"k":[1]},"task":{"kind":"math","answer":"1"}}""");
        var item = sample.Item!;
        Assert.Equal(("a", "g", "x", 3, true, """{"k":[1]}"""), (item.Id, item.Group, item.CompletionText, item.CompletionTokens, item.Truncated, item.Meta!.Value.GetRawText()));
    }

    [Fact]
    public async Task Items_of_one_prompt_are_one_group_whatever_their_ids()
    {
        const string Task = "\"prompt\":\"?\",\"completion\":\"x\",\"task\":{\"kind\":\"math\",\"answer\":\"1\"}";
        var samples = await Rowing.ReadAsync($"{{\"id\":\"a\",{Task}}}\n{{\"id\":\"b\",{Task}}}\n");
        Assert.Equal(samples[0].Item!.Group, samples[1].Item!.Group);
    }

    [Fact]
    public async Task Items_may_stand_in_comma_separated_values()
    {
        var sample = await Rowing.OneAsync("id,prompt,completion,task\na,?,x,\"{\"\"kind\"\":\"\"math\"\",\"\"answer\"\":\"\"1\"\"}\"\n");
        Assert.Equal(["1"], Assert.IsType<MathTask>(sample.Item!.Task).Golds);
    }

    [Fact]
    public async Task An_empty_name_is_none_and_makes_no_problem_of_all_rows_that_have_it()
    {
        var one = await Rowing.OneAsync("""{"id":"","problem":"How many?","answer":"1","completion":"x"}""");
        var other = await Rowing.OneAsync("""{"id":"","problem":"How much?","answer":"5","completion":"x"}""");
        Assert.Equal("row 1", one.Id);
        Assert.NotEqual(one.Item!.Group, other.Item!.Group);
    }
}
