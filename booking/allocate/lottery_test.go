package allocate_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// golden vectors were made with the hashlib of Python from the definition in the comment of Lottery, and spot-checked with sha256sum.
var goldenDraws = []struct {
	name             string
	draw             allocate.LotteryDraw
	commitment, seal string
	places           []allocate.LotteryPlace
}{
	{
		name: "plain", draw: twoNumbers(),
		commitment: "5122a1d1bc9d87662dcf5fb870adf8c55faf2ce12fad1bacac2fe7df88172466",
		seal:       "7b94794a475351f31aa051f13cf3d998f3d1dac5a68b8cc93a2c3f9efd982c8f",
		places: []allocate.LotteryPlace{
			{"R-02", 1, 1, 1, digest("05b3a10ce6e048b58790cd08ee4faaa69316f65ce2e1c136f518734b1ff11a99")},
			{"R-01", 1, 1, 1, digest("625482932d176567523eefdf91b694df9355c116367af7b7cb76dd24c9d505b1")},
			{"R-05", 1, 1, 1, digest("8885c0e5cc31c26aef3bc321bf513f8c722c35c077fb501face26dc1191ada00")},
			{"R-04", 1, 1, 1, digest("99a389ca24b718f6e3aaa8f33c1175e2fbffdc028aeddb383ddc2df93b6bf4cc")},
			{"R-03", 1, 1, 1, digest("b545be3e63c5d98f5e176de766a683db4d334a2ec49bdf818baa13b8253fa9a8")},
		},
	},
	{
		name: "classes and weights",
		draw: allocate.LotteryDraw{Seed: exampleSeed, Draw: "2026-12-02 专家号", Capacity: 3, Entries: []allocate.LotteryEntry{
			{"R-01", 2, 1}, {"R-02", 1, 3}, {"R-03", 2, 10}, {"张三-0007", 1, 1}, {"R-05", 2, 1000},
		}},
		commitment: "5122a1d1bc9d87662dcf5fb870adf8c55faf2ce12fad1bacac2fe7df88172466",
		seal:       "d86d346c4cdcb8c3f79da3f9b684f4dd54fd326a0210caaabb2f20b6dd0f2820",
		places: []allocate.LotteryPlace{
			{"张三-0007", 1, 1, 1, digest("22fe195fa4b1f0a48fa7dc1cfef0661a1aeb9e9e63536fa92417dee104be2a54")},
			{"R-02", 1, 3, 2, digest("48490696b714623dd70de6e6c0ccd751ca4551a80ae109c8c5e8590e539709de")},
			{"R-05", 2, 1000, 927, digest("00407e86e32f8bb7e3e09e16c14f363e187be747607af0bf87b0e9f03d4bcfb4")},
			{"R-03", 2, 10, 1, digest("037dab13402bd830f32d8bf4b8c70a2e9ab86d4b6bff0b1614f36416a322c30c")},
			{"R-01", 2, 1, 1, digest("384550e9d94b73fa0b3a1861a928a14eabae03d3595950f9237a7bea59fcccdd")},
		},
	},
	{
		name:       "nobody",
		draw:       allocate.LotteryDraw{Seed: "The numbers of 21 November 2026: 03 08 15 22 27 31 + 09", Draw: "d"},
		commitment: "e89a747e92ce04d94747172e239e9495fc407e8c1f783b20bdad44354cee0c90",
		seal:       "92bbc17f8046f9d344f79b8bb4e991e9d0ca467d61f92034516af5aa6bf20e4c",
		places:     []allocate.LotteryPlace{},
	},
}

func digest(text string) (d allocate.LotteryDigest) {
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

func TestLotteryGolden(t *testing.T) {
	for _, g := range goldenDraws {
		t.Run(g.name, func(t *testing.T) {
			proof, err := allocate.Lottery(g.draw)
			require.NoError(t, err)
			require.Equal(t, allocate.LotteryProof{Seed: g.draw.Seed, Draw: g.draw.Draw, Capacity: g.draw.Capacity, Places: g.places}, proof)
			commitment, err := allocate.LotteryCommit(g.draw.Seed)
			require.NoError(t, err)
			require.Equal(t, g.commitment, commitment.String())
			seal, err := allocate.LotterySeal(g.draw)
			require.NoError(t, err)
			require.Equal(t, g.seal, seal.String())
			require.NoError(t, allocate.VerifyLottery(proof, allocate.LotteryPublished{Commitment: digest(g.commitment), Seal: digest(g.seal)}))
		})
	}
}

func TestLotteryRefusesAllAtOnce(t *testing.T) {
	wrong := allocate.LotteryDraw{
		Seed: strings.Repeat("s", 31), Draw: "a\tb", Capacity: -1,
		Entries: []allocate.LotteryEntry{{"A", 0, 1}, {"A", 1, 0}, {"", 1_000_001, 1001}, {"\xff", 1, -1}},
	}
	terms := []string{
		`Draw "a\tb": control character`,
		`Capacity -1: want 0 to 1000000`,
		`Entries[0].Class 0: want 1 to 1000000`,
		`Entries[1].Patient "A": also Entries[0]`,
		`Entries[1].Weight 0: want 1 to 1000`,
		`Entries[2].Patient "": missing`,
		`Entries[2].Class 1000001: want 1 to 1000000`,
		`Entries[2].Weight 1001: want 1 to 1000`,
		`Entries[3].Patient "\xff": not UTF-8`,
		`Entries[3].Weight -1: want 1 to 1000`,
	}
	_, err := allocate.Lottery(wrong)
	seed := `Seed "` + wrong.Seed + `": 31 bytes, want at least 32`
	require.EqualError(t, err, strings.Join(append([]string{seed}, terms...), "\n"))
	_, err = allocate.LotterySeal(wrong)
	require.EqualError(t, err, strings.Join(terms, "\n"))
	_, err = allocate.LotteryCommit(wrong.Seed)
	require.EqualError(t, err, seed)

	_, err = allocate.LotterySeal(allocate.LotteryDraw{Capacity: 1_000_001, Entries: make([]allocate.LotteryEntry, 1_000_001)})
	require.EqualError(t, err, "Draw \"\": missing\nCapacity 1000001: want 0 to 1000000\nlen(Entries) 1000001: want at most 1000000")
}

func TestLotteryLimits(t *testing.T) {
	d := allocate.LotteryDraw{Seed: strings.Repeat("s", 32), Draw: "d", Capacity: 1_000_000, Entries: []allocate.LotteryEntry{{"A", 1_000_000, 1000}}}
	_, err := allocate.Lottery(d)
	require.NoError(t, err, "all at the limit")
	d.Entries = nil
	for i := range 20_001 {
		d.Entries = append(d.Entries, allocate.LotteryEntry{Patient: strconv.Itoa(i), Class: 1, Weight: 1000})
	}
	_, err = allocate.LotterySeal(d)
	require.EqualError(t, err, "Weight of all Entries 20001000: want at most 20000000")
	d.Entries = d.Entries[1:]
	_, err = allocate.LotterySeal(d)
	require.NoError(t, err)
}

// TestVerifyLotteryTampered changes each thing that a proof says.
func TestVerifyLotteryTampered(t *testing.T) {
	g := goldenDraws[1]
	published := allocate.LotteryPublished{Commitment: digest(g.commitment), Seal: digest(g.seal)}
	sealed := "Draw, Capacity and Places: their seal "
	for _, c := range []struct {
		name   string
		change func(*allocate.LotteryProof)
		want   string // one of the problems begins so
	}{
		{"another seed", func(p *allocate.LotteryProof) { p.Seed = strings.Replace(p.Seed, "5", "6", 1) }, `Seed "6feceb`},
		{"no seed", func(p *allocate.LotteryProof) { p.Seed = "" }, `Seed "": missing`},
		{"another draw", func(p *allocate.LotteryProof) { p.Draw += "2" }, sealed},
		{"more room", func(p *allocate.LotteryProof) { p.Capacity++ }, sealed},
		{"one dropped", func(p *allocate.LotteryProof) { p.Places = p.Places[1:] }, sealed},
		{"one twice", func(p *allocate.LotteryProof) { p.Places = append(p.Places, p.Places[0]) }, `Places as Entries: Entries[5].Patient "张三-0007": also Entries[0]`},
		{"another name", func(p *allocate.LotteryProof) { p.Places[4].Patient = "R-04" }, sealed},
		{"another class", func(p *allocate.LotteryProof) { p.Places[2].Class = 1 }, sealed},
		{"more weight", func(p *allocate.LotteryProof) { p.Places[4].Weight++ }, sealed},
		{"another ticket", func(p *allocate.LotteryProof) { p.Places[1].Ticket = 1 }, `Places[1] "R-02": ticket 1 48490696`},
		{"another digest", func(p *allocate.LotteryProof) { p.Places[1].Digest[31]++ }, `Places[1] "R-02": ticket 2 48490696`},
		{"not the best ticket", func(p *allocate.LotteryProof) {
			p.Places[1].Ticket, p.Places[1].Digest = 1, digest("b545be3e63c5d98f5e176de766a683db4d334a2ec49bdf818baa13b8253fa9a8")
		}, `Places[1] "R-02": ticket 1 b545be3e`},
		{"another order", func(p *allocate.LotteryProof) { p.Places[0], p.Places[1] = p.Places[1], p.Places[0] }, `Places[1] "张三-0007": not after "R-02"`},
		{"classes mixed", func(p *allocate.LotteryProof) { p.Places[1], p.Places[2] = p.Places[2], p.Places[1] }, `Places[2] "R-02": not after "R-05"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			proof, err := allocate.Lottery(g.draw)
			require.NoError(t, err)
			require.NoError(t, allocate.VerifyLottery(proof, published))
			c.change(&proof)
			err = allocate.VerifyLottery(proof, published)
			require.Error(t, err)
			require.True(t, slices.ContainsFunc(strings.Split(err.Error(), "\n"), func(line string) bool { return strings.HasPrefix(line, c.want) }), err)
		})
	}
	proof, err := allocate.Lottery(g.draw)
	require.NoError(t, err)
	require.ErrorContains(t, allocate.VerifyLottery(proof, allocate.LotteryPublished{Commitment: published.Commitment}), "was not published")
	require.ErrorContains(t, allocate.VerifyLottery(proof, allocate.LotteryPublished{Seal: published.Seal}), "was not committed to")
}

// TestLotteryProofAsJSON: a proof survives being published, and its digests are readable.
func TestLotteryProofAsJSON(t *testing.T) {
	proof, err := allocate.Lottery(goldenDraws[1].draw)
	require.NoError(t, err)
	text, err := json.Marshal(proof)
	require.NoError(t, err)
	require.Contains(t, string(text), `"Digest":"22fe195fa4b1f0a48fa7dc1cfef0661a1aeb9e9e63536fa92417dee104be2a54"`)
	var read allocate.LotteryProof
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, proof, read)
}

func TestLotteryWinners(t *testing.T) {
	places := []allocate.LotteryPlace{{Patient: "A"}, {Patient: "B"}}
	for capacity, want := range map[int][]string{-1: {}, 0: {}, 1: {"A"}, 2: {"A", "B"}, 3: {"A", "B"}} {
		require.Equal(t, want, allocate.LotteryProof{Capacity: capacity, Places: places}.Winners())
	}
}

func TestLotteryDigestText(t *testing.T) {
	d := digest(strings.Repeat("0f", 32))
	for text, want := range map[string]string{
		"":                      "digest of 0 bytes: want 64 hexadecimal digits",
		strings.Repeat("0", 63): "digest of 63 bytes: want 64 hexadecimal digits",
		strings.Repeat("A", 64): `digest "` + strings.Repeat("A", 64) + `": want hexadecimal digits in lower case`,
		strings.Repeat("g", 64): `digest "` + strings.Repeat("g", 64) + `": want hexadecimal digits in lower case`,
	} {
		require.EqualError(t, d.UnmarshalText([]byte(text)), want)
		require.Equal(t, strings.Repeat("0f", 32), d.String(), "a refused text changes nothing")
	}
}

// FuzzLotteryDigest: what is read is written back as it was, or refused.
func FuzzLotteryDigest(f *testing.F) {
	f.Add([]byte(strings.Repeat("0f", 32)))
	f.Add([]byte(strings.Repeat("0F", 32)))
	f.Add([]byte("x"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var d allocate.LotteryDigest
		if d.UnmarshalText(text) != nil {
			require.Equal(t, allocate.LotteryDigest{}, d)
			return
		}
		again, err := d.MarshalText()
		require.NoError(t, err)
		require.Equal(t, text, again)
	})
}
