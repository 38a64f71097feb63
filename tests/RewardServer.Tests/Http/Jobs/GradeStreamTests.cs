using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Http.Jobs;

public sealed class GradeStreamTests(RunningServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_is_answered_before_the_next_is_sent()
    {
        using var connection = await ConnectAsync("rubric=r1-zero");
        for (var i = 1; i <= 3; i++)
        {
            await connection.SendAsync($$$"""{"id":"q{{{i}}}","prompt":"?","completion":"<think>x</think><answer>5</answer>","task":{"kind":"math","answer":"5"}}""" + "\n");
            var result = await connection.ReceiveAsync();
            Assert.Equal((i, $"q{i}", "scored"), (result!.Value.GetProperty("row").GetInt32(), result.Value.GetProperty("id").GetString(), result.Value.GetProperty("outcome").GetString()));
        }

        await connection.EndAsync();
        Assert.Null(await connection.ReceiveAsync());
    }

    [Fact]
    public async Task Every_row_is_answered_once_in_order_and_one_that_cannot_be_read_as_skipped()
    {
        var rows = JobRows.Right(500).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[41] = "{\"id\": cut off";
        using var body = JobCalls.Body(string.Join('\n', rows));
        using var response = await server.Client.PostAsync("/v1/grade/stream?rubric=r1-zero", body, Token);
        var results = (await response.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(Enumerable.Range(1, 500), results.Select(result => result.GetProperty("row").GetInt32()));
        Assert.Equal("skipped", results[41].GetProperty("outcome").GetString());
        Assert.Contains("row 42", results[41].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(499, results.Count(result => result.GetProperty("outcome").GetString() == "scored"));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_read_from_and_gets_everything_when_it_reads()
    {
        using var connection = await ConnectAsync("rubric=r1-zero&deduplicate=false");
        // With much to echo, and far more than sockets on both sides hold.
        const int Rows = 12_000;
        var filling = new string('x', 5000);
        var sent = 0;
        var sending = Task.Run(
            async () =>
            {
                for (var i = 1; i <= Rows; i++)
                {
                    await connection.SendAsync($$$"""{"id":"q{{{i}}}","prompt":"?","meta":{"text":"{{{filling}}}"},"completion":"<answer>{{{i}}}</answer>","task":{"kind":"math","answer":"5"}}""" + "\n");
                    Volatile.Write(ref sent, i);
                }

                await connection.EndAsync();
            },
            Token);
        // Sending stands still: nothing is sent for as long as it takes to send all of it otherwise.
        for (var (still, before) = (0, -1); still < 20; await Task.Delay(100, Token))
        {
            var now = Volatile.Read(ref sent);
            (still, before) = (now == before && now > 0 ? still + 1 : 0, now);
            Assert.NotEqual(Rows, now);
        }

        for (var i = 1; i <= Rows; i++)
        {
            Assert.Equal(i, (await connection.ReceiveAsync())!.Value.GetProperty("row").GetInt32());
        }

        await sending;
        Assert.Null(await connection.ReceiveAsync());
    }

    [Theory]
    [InlineData("", "application/x-ndjson", HttpStatusCode.BadRequest)]
    [InlineData("rubric=none", "application/x-ndjson", HttpStatusCode.BadRequest)]
    [InlineData("rubric=r1-zero", "text/csv", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("rubric=r1-zero", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_cannot_be_graded_is_refused_before_the_first_row(string query, string type, HttpStatusCode status)
    {
        using var body = JobCalls.Body(JobRows.Right(1), type);
        Assert.Equal(status, (await server.Client.PostAsync($"/v1/grade/stream?{query}", body, Token)).StatusCode);
    }

    private async Task<Connection> ConnectAsync(string query)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port, Token);
        var connection = new Connection(client);
        await connection.StartAsync($"POST /v1/grade/stream?{query} HTTP/1.1\r\nHost: {server.Client.BaseAddress.Authority}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        return connection;
    }

    /// <summary>HTTP/1.1 both ways at once, which HttpClient does not do.</summary>
    private sealed class Connection(TcpClient client) : IDisposable
    {
        private readonly NetworkStream stream = client.GetStream();
        private readonly MemoryStream ahead = new();

        public async Task StartAsync(string head)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Token);
            Assert.Equal("HTTP/1.1 200 OK", await LineAsync());
            while ((await LineAsync()).Length > 0)
            {
                // A header.
            }
        }

        public async Task SendAsync(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture)), 13, 10, .. bytes, 13, 10], Token);
        }

        public async Task EndAsync() => await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), Token);

        /// <summary>The next result; null at the end.</summary>
        public async Task<JsonElement?> ReceiveAsync()
        {
            while (true)
            {
                var text = ahead.ToArray();
                if (Array.IndexOf(text, (byte)'\n') is >= 0 and var end)
                {
                    ahead.SetLength(0);
                    ahead.Write(text.AsSpan(end + 1));
                    return JsonElement.Parse(text.AsSpan(0, end));
                }

                var length = int.Parse(await LineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (length == 0)
                {
                    return null;
                }

                var chunk = new byte[length];
                await stream.ReadExactlyAsync(chunk, Token);
                ahead.Write(chunk);
                await LineAsync();
            }
        }

        public void Dispose()
        {
            ahead.Dispose();
            client.Dispose();
        }

        private async Task<string> LineAsync()
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (line.Count == 0 || line[^1] != '\n')
            {
                await stream.ReadExactlyAsync(one, Token);
                line.Add(one[0]);
            }

            return Encoding.ASCII.GetString([.. line]).TrimEnd('\r', '\n');
        }
    }
}
