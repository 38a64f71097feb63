using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Store;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Jobs.Tests.Store;

public sealed class JobStoreTests(PostgresCluster cluster)
{
    private static readonly JobSettings Settings = new("r1-zero", null, ImmutableSortedDictionary<string, string>.Empty, true);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_come_back_as_they_were_uploaded(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", new(1, JsonElement.Parse("""{"text":"π","n":1.50}""")), Row.Unreadable(3, "is no JSON"));
        var job = await store.Runs.ClaimAsync(Token);
        Assert.Equal(("a", JobState.Running, 2L), (job!.Id, job.State, job.Rows));
        var rows = await store.Runs.RowsAsync(job.Number, 0, Token);
        Assert.Equal("""{"text":"π","n":1.50}""", rows[0].Fields.GetRawText());
        Assert.Equal((3, "is no JSON"), (rows[1].Number, rows[1].Error));
        Assert.Empty(await store.Runs.RowsAsync(job.Number, 3, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_upload_that_breaks_off_is_no_job_and_leaves_nothing(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await using (var upload = await store.Uploads.BeginAsync("a", Settings, await RubricAsync(), Token))
        {
            for (var i = 1; i <= 1200; i++)
            {
                await upload!.AddAsync(RowOf(i), Token);
            }

            Assert.Null(await store.Uploads.BeginAsync("a", Settings, await RubricAsync(), Token));
        }

        Assert.Null(await store.FindAsync("a", Token));
        Assert.Empty(await store.Runs.RowsAsync(1, 0, Token));
        Assert.Null(await store.Runs.ClaimAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_upload_whose_server_is_gone_is_swept_away(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var (dead, alive) = (stores.Open(Soon), stores.Open());
        var upload = await dead.Uploads.BeginAsync("a", Settings, await RubricAsync(), Token);
        await upload!.AddAsync(RowOf(1), Token);
        await alive.Removal.SweepAsync(null, Token);
        Assert.NotNull(await alive.FindAsync("a", Token));
        await Task.Delay(Soon * 3, Token);
        await alive.Removal.SweepAsync(null, Token);
        Assert.Null(await alive.FindAsync("a", Token));
        await Assert.ThrowsAsync<JobLostException>(() => upload.CompleteAsync(Token));
        await upload.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_is_one_servers_until_that_is_silent_and_then_anothers_alone(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var (one, other) = (stores.Open(Soon), stores.Open(Soon));
        await UploadAsync(one, "a", RowOf(1), RowOf(2));
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Runs.ClaimAsync(Token))));
        var first = Assert.Single(claims, claim => claim is not null)!;
        var (owner, heir) = claims.IndexOf(first) % 2 == 0 ? (one, other) : (other, one);
        await Task.Delay(Soon * 3, Token);
        using var lease = owner.Leases.Hold(first.Number, first.Attempt);
        await owner.Leases.RenewAsync(Token);
        Assert.Null(await heir.Runs.ClaimAsync(Token));
        await Task.Delay(Soon * 3, Token);
        var second = await heir.Runs.ClaimAsync(Token);
        Assert.Equal(first.Number, second!.Number);
        await Assert.ThrowsAsync<JobLostException>(() => owner.Runs.AppendAsync(first, RunTally.Start, [LineOf(1)], Token));
        await owner.Leases.RenewAsync(Token);
        Assert.True(lease.Lost.IsCancellationRequested);
        await heir.Runs.AppendAsync(second, RunTally.Start, [LineOf(1)], Token);
        Assert.Single(await heir.Results.PageAsync(first.Number, 0, 0, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Results_that_are_kept_a_second_time_stand_once(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", RowOf(1), RowOf(2), RowOf(3));
        var job = (await store.Runs.ClaimAsync(Token))!;
        var first = await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1), LineOf(2)], Token);
        // As after a connection that broke while it committed.
        Assert.Equal(first, await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1), LineOf(2)], Token));
        await store.Runs.AppendAsync(job, first, [LineOf(3)], Token);
        await store.Runs.EndAsync(job, JobState.Done, null, Token);
        var done = await store.FindAsync("a", Token);
        Assert.Equal((JobState.Done, 3L, 3L, 3.0), (done!.State, done.RowsDone, done.Tally.Scored, done.Tally.RewardSum));
        Assert.Equal([2, 3], (await store.Results.PageAsync(job.Number, 1, 0, Token)).Select(result => result.Row));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cancelled_job_can_be_written_no_more_and_an_ended_one_is_removed_whole(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", [.. Enumerable.Range(1, 12_000).Select(RowOf)]);
        var job = (await store.Runs.ClaimAsync(Token))!;
        await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1)], Token);
        Assert.False(await store.Removal.RemoveAsync(job, Token));
        Assert.True(await store.Removal.CancelAsync(job, Token));
        await Assert.ThrowsAsync<JobLostException>(() => store.Runs.AppendAsync(job, RunTally.Start with { LastRow = 1 }, [LineOf(2)], Token));
        Assert.Equal(JobState.Cancelled, (await store.FindAsync("a", Token))!.State);
        Assert.True(await store.Removal.RemoveAsync(job, Token));
        Assert.Null(await store.FindAsync("a", Token));
        Assert.Empty(await store.Runs.RowsAsync(job.Number, 0, Token));
        Assert.Empty(await store.Results.PageAsync(job.Number, 0, 0, Token));
        Assert.Empty(await store.CountAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Jobs_that_ended_long_ago_are_swept_away_and_no_others(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "old", RowOf(1));
        await UploadAsync(store, "waiting", RowOf(1));
        await store.Runs.EndAsync((await store.Runs.ClaimAsync(Token))!, JobState.Done, null, Token);
        await store.Removal.SweepAsync(TimeSpan.FromHours(1), Token);
        Assert.Equal(["waiting", "old"], (await store.ListAsync(null, long.MaxValue, 10, Token)).Select(job => job.Id));
        await store.Removal.SweepAsync(TimeSpan.Zero, Token);
        Assert.Equal(["waiting"], (await store.ListAsync(null, long.MaxValue, 10, Token)).Select(job => job.Id));
    }

    [Fact]
    public async Task A_file_that_another_program_has_locked_is_told_as_such_and_used_again_afterwards()
    {
        using var stores = await Stores.NewAsync("sqlite", cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", RowOf(1));
        await using (var other = new SqliteConnection($"Data Source={stores.File};Pooling=False"))
        {
            await other.OpenAsync(Token);
            await using var locks = other.BeginTransaction();
            var fault = await Assert.ThrowsAsync<JobStoreException>(() => store.Runs.ClaimAsync(Token));
            Assert.Equal(StoreFault.Busy, fault.Fault);
            Assert.Contains("Storage:Folder", fault.Message, StringComparison.Ordinal);
            Assert.Equal(JobState.Waiting, (await store.FindAsync("a", Token))!.State);
        }

        Assert.NotNull(await store.Runs.ClaimAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Several_servers_make_the_tables_at_once(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var all = Enumerable.Range(0, 6).Select(_ => stores.Open()).ToList();
        await Task.WhenAll(all.Select((store, i) => Task.Run(() => UploadAsync(store, $"job{i}", RowOf(1)))));
        Assert.Equal(6, (await all[0].CountAsync(Token))[JobState.Waiting]);
    }

    [Fact]
    public async Task Files_that_are_no_store_or_a_newer_ones_are_refused_in_words()
    {
        using var stores = await Stores.NewAsync("sqlite", cluster);
        await UploadAsync(stores.Open(), "a", RowOf(1));
        await using (var other = new SqliteConnection($"Data Source={stores.File};Pooling=False"))
        {
            await other.OpenAsync(Token);
            await using var command = other.CreateCommand();
            command.CommandText = "UPDATE grading_schema SET version = 99";
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.Contains("newer server", (await Assert.ThrowsAsync<JobStoreException>(() => stores.Open().FindAsync("a", Token))).Message, StringComparison.Ordinal);
        using var broken = await Stores.NewAsync("sqlite", cluster);
        await File.WriteAllTextAsync(broken.File, string.Concat(Enumerable.Repeat("this is no database ", 400)), Token);
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<JobStoreException>(() => broken.Open().FindAsync("a", Token))).Fault);
    }

    private static async Task UploadAsync(JobStore store, string id, params Row[] rows)
    {
        await using var upload = await store.Uploads.BeginAsync(id, Settings, await RubricAsync(), Token);
        foreach (var row in rows)
        {
            await upload!.AddAsync(row, Token);
        }

        await upload!.CompleteAsync(Token);
    }

    private static Row RowOf(int number) => new(number, JsonElement.Parse($$"""{"n":{{number}}}"""));

    private static ResultLine LineOf(long row) => new(row, 0, Outcome.Scored, 1, System.Text.Encoding.UTF8.GetBytes($$"""{"row":{{row}}}"""));

    private static async Task<Rubric> RubricAsync()
    {
        await using var sandbox = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, Token);
        return new RubricCompiler(new(sandbox)).Compile(JsonElement.Parse("""{"components":[{"grader":"accuracy"}]}""")).Rubric!;
    }
}
