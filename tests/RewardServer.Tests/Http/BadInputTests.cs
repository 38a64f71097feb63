using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace RewardServer.Tests.Http;

public sealed class BadInputTests(RunningServer server)
{
    private const string Item = """{"id":"a","prompt":"?","completion":"5","task":{"kind":"math","answer":"5"}}""";

    [Theory]
    [InlineData("{", "")]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("""{"items":[]}""", "rubric")]
    [InlineData("""{"rubric":"r1-zero"}""", "items")]
    [InlineData("""{"rubric":"r1-zero","items":null}""", "items")]
    [InlineData("""{"rubric":"r1-zero","items":[]}""", "items")]
    [InlineData("""{"rubric":"r1-zero","items":[null]}""", "items[0]")]
    [InlineData("""{"rubric":7,"items":[]}""", "rubric")]
    [InlineData("""{"rubric":"r2","items":[ITEM]}""", "rubric")]
    [InlineData("""{"rubric":"\ud800","items":[ITEM]}""", "rubric")]
    [InlineData("""{"rubric":{},"items":[ITEM]}""", "rubric.components")]
    [InlineData("""{"rubric":{"components":[{"grader":"luck"}]},"items":[ITEM]}""", "rubric.components[0].grader")]
    [InlineData("""{"rubric":{"components":[{"grader":"accuracy","weight":"1"}]},"items":[ITEM]}""", "rubric.components[0].weight")]
    [InlineData("""{"rubric":"r1-zero","items":[ITEM],"item":1}""", "item")]
    [InlineData("""{"rubric":"r1-zero","items":[ITEM,{"id":"b","prompt":"?","completion":"5"}]}""", "items[1].task")]
    [InlineData("""{"rubric":"r1-zero","items":[{"id":"b","prompt":"?","completion":"5","task":{"answer":"5"}}]}""", "items[0].task.kind")]
    [InlineData("""{"rubric":"r1-zero","items":[{"id":"b","prompt":"?","completion":"5","task":{"kind":"maths","answer":"5"}}]}""", "items[0].task.kind")]
    [InlineData("""{"rubric":"r1-zero","items":[{"id":"b","prompt":"?","completion":"5","task":{"kind":"math","answer":5}}]}""", "items[0].task.answer")]
    [InlineData("""{"rubric":"r1-zero","items":[{"id":"b","prompt":"?","completion":"5","task":{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":""}]}}]}""", "items[0].task.tests[0].stdout")]
    [InlineData("""{"rubric":"r1-zero","items":[{"id":"b","prompt":"?","completion":"5","task":{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":""}],"limits":{"memoryMb":100000}}}]}""", "items[0].task.limits.memoryMb")]
    public async Task A_malformed_request_is_answered_400_with_the_member_at_fault(string json, string path)
    {
        var (status, body) = await server.GradeAsync(json.Replace("ITEM", Item));
        Assert.Equal(400, status);
        var errors = body.GetProperty("errors").EnumerateObject().Select(error => error.Name);
        Assert.Equal(path, Assert.Single(errors));
        Assert.DoesNotContain("System.", body.GetRawText());
        Assert.DoesNotContain("RewardServer.", body.GetRawText());
    }

    [Theory]
    [InlineData(""" "checker":"tokenz" """, "checker")]
    [InlineData(""" "checker":{"kind":"tokenz"} """, "checker")]
    [InlineData(""" "checker":{"kind":"lines","case":1} """, "checker")]
    [InlineData(""" "groups":[{"name":"a"}] """, "groups[0].name")]
    [InlineData(""" "groups":[{"name":"g"},{"name":"g"}] """, "groups[1].name")]
    [InlineData(""" "groups":[{"name":"g","points":0}] """, "groups[0].points")]
    [InlineData(""" "groups":[null,{"name":"g"}] """, "groups[0]")]
    [InlineData(""" "generated":{"count":0,"generator":P,"reference":P} """, "generated.count")]
    [InlineData(""" "generated":{"count":5,"reference":P} """, "generated.generator")]
    [InlineData(""" "generated":{"count":5,"generator":P} """, "generated.reference")]
    [InlineData(""" "generated":{"count":5,"parameters":["int"],"reference":P} """, "generated.function")]
    [InlineData(""" "generated":{"count":5,"function":"f","parameters":["int","real"],"reference":P} """, "generated.parameters[1]")]
    [InlineData(""" "generated":{"count":5,"generator":P,"reference":P,"smallestSize":9,"largestSize":8} """, "generated.largestSize")]
    [InlineData(""" "generated":{"count":5,"generator":P,"property":{"language":"bash","source":""}} """, "generated.property.language")]
    public async Task A_malformed_task_is_answered_400_with_the_member_at_fault(string members, string path)
    {
        var task = """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":"","group":"g"}],MEMBERS}"""
            .Replace("MEMBERS", members.Replace(":P", """:{"language":"python","source":""}"""));
        var (status, body) = await server.GradeAsync("""{"rubric":"r1-zero","items":[{"id":"b","prompt":"?","completion":"5","task":TASK}]}""".Replace("TASK", task));
        Assert.Equal(400, status);
        Assert.Contains($"items[0].task.{path}", body.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Deep_nesting_is_answered_400() =>
        Assert.Equal(400, (await server.GradeAsync(new string('[', 1_000_000))).Status);

    [Fact]
    public async Task A_body_over_the_limit_is_answered_413()
    {
        var (status, body) = await server.GradeAsync(Request(new string('x', 50_000_000)));
        Assert.Equal(413, status);
        Assert.Contains("Server:MaxRequestMb", body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task More_items_than_one_call_takes_are_answered_413()
    {
        var (status, body) = await server.GradeAsync($$"""{"rubric":"r1-zero","items":[{{string.Join(',', Enumerable.Repeat(Item, 100_000))}}]}""");
        Assert.Equal(413, status);
        Assert.Contains("items: 100000", body.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("\\u0000#### 5\\u0000")]
    [InlineData("\\ud800#### 5")]
    [InlineData("#### 5 \\udfff")]
    [InlineData("#### ((((((((((((((((((((((((((((((((((((((((")]
    public async Task Strange_characters_in_a_completion_are_graded_like_any(string completion)
    {
        var (status, body) = await server.GradeAsync(Request(completion));
        Assert.Equal(200, status);
        Assert.Equal("scored", body.GetProperty("items")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_million_parentheses_are_graded_like_any()
    {
        var (status, body) = await server.GradeAsync(Request($"#### {new string('(', 1_000_000)}"));
        Assert.Equal(200, status);
        Assert.Equal(0, body.GetProperty("items")[0].GetProperty("reward").GetDouble());
    }

    [Theory]
    [InlineData(1e308)]
    [InlineData(-1e308)]
    public async Task No_weight_makes_a_reward_that_cannot_be_written(double weight)
    {
        var components = string.Join(',', Enumerable.Range(0, 3).Select(i => $$"""{"grader":"accuracy","name":"{{i}}","weight":{{weight}}}"""));
        Assert.Equal(400, (await server.GradeAsync("""{"rubric":{"components":[COMPONENTS]},"items":[ITEM]}""".Replace("COMPONENTS", components).Replace("ITEM", Item))).Status);
    }

    [Fact]
    public async Task What_is_echoed_must_be_UTF8()
    {
        byte[] body = [.. """{"rubric":"r1-zero","items":[{"id":"a","prompt":"?","completion":"5","task":{"kind":"math","answer":"5"},"meta":"x"""u8, 0xFF, .. "\"}]}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var (status, answer) = await server.GradeAsync(content);
        Assert.Equal(400, status);
        Assert.Equal("items[0].meta", Assert.Single(answer.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_million_mistakes_are_not_all_told()
    {
        var nulls = string.Join(',', Enumerable.Repeat("null", 1_000_000));
        var (status, answer) = await server.GradeAsync(
            """{"rubric":"r1-zero","items":[{"id":"a","prompt":"?","completion":"5","task":{"kind":"code","language":"python","tests":[NULLS]}}]}""".Replace("NULLS", nulls));
        Assert.Equal((400, true), (status, answer.GetRawText().Length < 10_000));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/vnd.x+json", null)]
    [InlineData("application/json", "gzip")]
    public async Task Only_plain_JSON_in_UTF8_is_read(string? type, string? encoding)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Request("#### 5")));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        Assert.Equal(415, (await server.GradeAsync(content)).Status);
    }

    [Fact]
    public async Task A_page_of_this_server_may_call_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/rubrics");
        request.Headers.Add("Origin", server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task A_body_of_another_type_is_answered_415(string type)
    {
        using var content = new StringContent(Request("#### 5"), Encoding.UTF8, new MediaTypeHeaderValue(type));
        Assert.Equal(415, (await server.GradeAsync(content)).Status);
    }

    [Theory]
    [InlineData("Host", "evil.example", 403)]
    [InlineData("Host", "evil.example:80", 403)]
    [InlineData("Host", "10.1.2.3", 403)]
    [InlineData("Host", "127.0.0.1.evil.example", 403)]
    [InlineData("Host", "grader.example", 200)]
    [InlineData("Host", "localhost:8080", 200)]
    [InlineData("Host", "[::1]:8080", 200)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost:3000", 403)]
    public async Task Foreign_Host_and_Origin_headers_are_refused(string header, string value, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/rubrics");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_answered_404_as_a_problem()
    {
        using var response = await server.Client.GetAsync("/v1/nothing", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static string Request(string completion) =>
        """{"rubric":"r1-zero","items":[{"id":"a","prompt":"?","completion":"TEXT","task":{"kind":"math","answer":"5"}}]}""".Replace("TEXT", completion);
}
