/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Made by make_esp_vectors.py; do not edit. */

#include <stdbool.h>
#include <stdint.h>

struct esp_vector {
	const char *suite;
	const char *keymat;
	uint32_t spi;
	bool esn;
	uint64_t seq; /* the whole number */
	uint8_t next_header;
	const char *iv;
	const char *payload;
	const char *packet;
};

/* clang-format off */
static const struct esp_vector esp_vectors[] = {
	{ .suite = "aes256gcm16", .spi = 0x015e4ed8, .esn = false, .seq = 42808u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "7033e5fcd1ec1c47",
	  .payload = "",
	  .packet = "015e4ed80000a7387033e5fcd1ec1c47dcea99c39fc82286cb7f3c88e69b08b8d33eeb55" },
	{ .suite = "aes256gcm16", .spi = 0x01e9ddb1, .esn = false, .seq = 60141u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "4e7f26d7cf8e59d3",
	  .payload = "19",
	  .packet = "01e9ddb10000eaed4e7f26d7cf8e59d3b38cfe7547d315b84424f960743b612e1f14cf1f" },
	{ .suite = "aes256gcm16", .spi = 0x0176fb78, .esn = false, .seq = 16233u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "af222fc7d9ebaa53",
	  .payload = "7857",
	  .packet = "0176fb7800003f69af222fc7d9ebaa533257b60f9e9498b364b40f011843500be2fa6294" },
	{ .suite = "aes256gcm16", .spi = 0x0123e5b3, .esn = false, .seq = 53476u, .next_header = 0,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "5a541ef9ac6b05ac",
	  .payload = "d733f023d78ddc0cfab869ddb5",
	  .packet = "0123e5b30000d0e45a541ef9ac6b05ac55618e8a2ec7080a3e90d05be18a21b27289a1b18c45674d"
		"196e1729d67d9fa2" },
	{ .suite = "aes256gcm16", .spi = 0x01f67991, .esn = false, .seq = 39185u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "bbc2cb5e4614b6eb",
	  .payload = "23c637d1d3d94f51b53b76835b30",
	  .packet = "01f6799100009911bbc2cb5e4614b6eb616eb58bab350150b6875a5716bda53ff3c983d2f1aa633e"
		"57cc6e233c15b767" },
	{ .suite = "aes256gcm16", .spi = 0x01505b3d, .esn = false, .seq = 29699u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "ce0cc804b0e6ae5a",
	  .payload = "51bc6ec753279a1e70f33659c5a9f3",
	  .packet = "01505b3d00007403ce0cc804b0e6ae5ac637e575497dec8ab71f928132b64bae295e7ecadb107938"
		"3c48ea42706c0905c0bc538e" },
	{ .suite = "aes256gcm16", .spi = 0x015d90db, .esn = false, .seq = 45971u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "e5f509f360c8a5f0",
	  .payload = "9f3fdae4c331e642138e2386f269271c6457d62e12681c0975a9d40c7c3f949622353d3a8d1a9c64",
	  .packet = "015d90db0000b393e5f509f360c8a5f0d6d79d9622500c44f4e9eda124a0de50c035ed1f5c87f7ed"
		"c51db1d1ae1be3f6943fd92213c817d0921dc0221ed7816808d19670766995ffadaa94cc" },
	{ .suite = "aes256gcm16", .spi = 0x01c05657, .esn = false, .seq = 9662u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "bf4ca040383d6d5c",
	  .payload = "5019abb95d9d0692802b3e0ea5866f133790116cebae77e841d743bc79f9359edacb0ae87f5971eb"
		"ed8e6ecf14b9cdeddcf96c5b0298666ed9a0d1391fa7962b707082be84c1fe514d33ed4e60a9",
	  .packet = "01c05657000025bebf4ca040383d6d5c1e6cff8d7481b3c8d07dcd475af2a25437e80f6b0e8401e9"
		"ae36a9a8e2df56acb7bc790632105e238dd666e4c6a8ccfadd11f4eb902cb4746bed620980660a70"
		"6e3eb5e965b2dbb1d97d7c8121ece0d0e5dfac4d708a15cef060898dca9e23a2" },
	{ .suite = "aes256gcm16", .spi = 0x01ebc5d3, .esn = false, .seq = 542u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "0c981468a966986a",
	  .payload = "b7db0be88bf5963966c372eea4d7ad6aadfa53fabf476a956564e752f93cf575208a73b06e5b2166"
		"3bec9a09240acf2087f0f824b18ef4a381b78266c8d12f4dd04cbb37b3f7590551ed470cd54d3cee"
		"599d8d6f7025abecc714fe4caf841da0d7a8bc538f10ad292f31cf8acb21c92de08c7bf3bd562bbd"
		"bd72ce5b50d9ede532426156f7e81d0c5981d8a371ca43602bd590e814a4694090d37d911f2d2246"
		"ffa74850d3cbcf1d382b0ab385d125adf445be947f4b6d79f2f6feaecb620430d187f1b2507b7b98"
		"8dfdbcb6f82b44ebe8f8789582b747c1727f53ef679246370c02d57cd9d3f3f1b33683049c46bbf2"
		"0f58d65f62b74d4ab976f5d8a7f2e077bd",
	  .packet = "01ebc5d30000021e0c981468a966986a5ab191eae3e557cd460ed97473534ccb7fba199081f08a2e"
		"e216e3650802de2cc0e3f24686e5b52a35dbee4fe974deb9d4779003054909a76426a17788bb7a0e"
		"67824dec6dedf9b543e01bcc2e7cbc51abd595f3935f674039ce3b04a7c1f09551dd673207411199"
		"5474be13f5bd30588bf53919a2cf6dfbc84b2ddbc142dc0d2833111caa7d68471ae800492d69f55a"
		"626cdfea1a6850e1e16f3ea03f161935075fb68ceebb6871d3b977bb9cf0a3d639fbc4e06d4b5fb3"
		"91d8bbcc2feb829a5012cf111d47cae9d5f98f08c75366f5173a9ff992b7700741ef5e8f763d6d53"
		"1c6ea1f38504bc3da3bce8b927a92d15c345ceb96f8fa6404397ffd8c42386ba9f11b9632fec85b6"
		"446896a0888c61ecedb4e324" },
	{ .suite = "aes256gcm16", .spi = 0x015978ed, .esn = true, .seq = 13586954205662344149u, .next_header = 0,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "8fc713fc67c44e30",
	  .payload = "9661f764ae4f0537a39c2c0260",
	  .packet = "015978ed0000f3d58fc713fc67c44e30f5d8a854cc411c3cc31a3c59983de2a22957c92a01ec9e26"
		"1f582e06de552bd2" },
	{ .suite = "aes256gcm16", .spi = 0x01019cd7, .esn = true, .seq = 16229276111169685635u, .next_header = 115,
	  .keymat = "92fe99c3ad07ee215dfdf5ab74ea5eb70b9241046f2dbda0677bac1b234c70dc8cfd4507",
	  .iv = "653d84ce9eafa9db",
	  .payload = "d7848caa62461bccfac27f179e23e6759b27f3d62c799536f9c31365e667a9b3ad1c26b4cf5a0781",
	  .packet = "01019cd700008883653d84ce9eafa9dbc3331dbff3c9c41d79be1a9e2ee81bd0c34112fe01916fb7"
		"d8f8bce19ada37278c26f51cd268347b4e6373764a4f5100e384e68426b720e1fe543570" },
	{ .suite = "aes128gcm16", .spi = 0x013a18c0, .esn = false, .seq = 41627u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "d1062ed3e200a98f",
	  .payload = "",
	  .packet = "013a18c00000a29bd1062ed3e200a98fdd0c124b54b1f987920885c1a17ec8cdd9dbc96b" },
	{ .suite = "aes128gcm16", .spi = 0x01586969, .esn = false, .seq = 14574u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "52096bdccd7498f6",
	  .payload = "ea",
	  .packet = "01586969000038ee52096bdccd7498f604d85bcbcb9323a0b700b23dcd076de24a324dfd" },
	{ .suite = "aes128gcm16", .spi = 0x015f453b, .esn = false, .seq = 54390u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "44810a9193d0f628",
	  .payload = "9cc1",
	  .packet = "015f453b0000d47644810a9193d0f628bd3bcdaace750b1f63ec79adad160918ab4858b1" },
	{ .suite = "aes128gcm16", .spi = 0x01a6d22e, .esn = false, .seq = 64566u, .next_header = 0,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "6888fc02e7e399fc",
	  .payload = "41d089aebd2eb845280f60192e",
	  .packet = "01a6d22e0000fc366888fc02e7e399fc68393251bf90db1d0c291e20b90d06b8dfd876aaf2e2a54c"
		"e79b598b029094c9" },
	{ .suite = "aes128gcm16", .spi = 0x0199d1fa, .esn = false, .seq = 60189u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "9a6065f36deb6e80",
	  .payload = "f3b7c43711c6c869d1b17e877b6b",
	  .packet = "0199d1fa0000eb1d9a6065f36deb6e80620f472d6f57f57e09883462c096684798d9cda5f7a40992"
		"3f4b61bbf46492c5" },
	{ .suite = "aes128gcm16", .spi = 0x013351de, .esn = false, .seq = 38734u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "e7497c24c76c804c",
	  .payload = "4b5b85e88b8d1c6073920829d30d40",
	  .packet = "013351de0000974ee7497c24c76c804c4b46d6ed313e825cc4d4f2ce6eef2988658b85c5f1d802c2"
		"c36c86e8502f923bf4861ae7" },
	{ .suite = "aes128gcm16", .spi = 0x01c87de2, .esn = false, .seq = 49913u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "ff3bd54173fced24",
	  .payload = "7f0a028ff495df2fd3ee1017bc4211bafa5190a51765141f76b05633b05e66f2ae19c35b520cc35a",
	  .packet = "01c87de20000c2f9ff3bd54173fced2493f8ceb11562d9350a213060f6495de94ed029ae02080979"
		"f51e03d1c5fa3f1229ab258bcedcac0b684d9aa2de23b2b9aaf011754fb97ef3594e3a4b" },
	{ .suite = "aes128gcm16", .spi = 0x01f4f3b5, .esn = false, .seq = 65118u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "8b422d624f7c6d26",
	  .payload = "7d0ff0e6e7c7ebcc7df12d98710bb67eaf60d5a162b4d4e0fc7aeb9dc3fc0a0953c6c10f4b69fdfd"
		"40942b3c8d97357bb36243d8c17eb63b82353c31e735c4b35ea4b2083626a4fb546a459bab4d",
	  .packet = "01f4f3b50000fe5e8b422d624f7c6d2689b93d1130c4efaa5c7ef5541077f13e92fe8e6c27818a1e"
		"c5471da6684b54b11e5dbd92e570c3c80d13d887bf7cc4f5cdd42f3337822e8d7cb0a8e1ccfb14f3"
		"f480645c8b7e0bfb9d62e7a8e001a5f90a38525377a104bec47c473052041ddb" },
	{ .suite = "aes128gcm16", .spi = 0x011332f9, .esn = false, .seq = 47692u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "c363c7a33215a8c2",
	  .payload = "31654c389e7898dee41fb8c9a18c0afa99d6cdc857f16335069c2f4e74069802038b7dfca4b2c9e2"
		"d11cd5c4e9f3e629374e57629c9179c92a75d7843053cc247d332a10d4c9f8bdb84113925317d68e"
		"3cf2047603483800c14bfdc74dfa773121f9a07a419cc067f5a56dd2fa91454751ee89b6a8188b86"
		"bd64bc2a435d7e603a96145af7f7c5c2b85adc8b3919c0131ce924ce4bb0fc86403c5cc7420b529c"
		"1ee600c4ed667b8cda1da491a13d608b1fe79236847d2c5be88e3df7aca2ce7e295894961e9bb58e"
		"2be868a0d9d7769c20c0a41a26dfaab52137cfe98a30558f05f87eed5221d49d7451bf63ca93aec1"
		"41a3fc75b98dccba1eb8f1a4ecafa8c6a3",
	  .packet = "011332f90000ba4cc363c7a33215a8c26d776de07f5666348052f78826efa3b99eed06cfc88b04e5"
		"fe9ebd0314a8ec0c3cc82e845c2a2a9b66057e51ccb0fbf2582faa9cbcfe22bb949c7c0640d7f5fc"
		"4dc66c4c6f4b580beb87b3fe0b7c06a038ac1700b7d2ee9de207e0c8bf7992a809caa57453632533"
		"cfd9dc5b995b5b134f9179eb29fd0a5853fa0f2b83d469ab27362ec4a9977f6dd2a29381bcfcb1e6"
		"8648de4f652f98e71c827bb6f0689a2aed9177cbc302858cd503fe40f3eedff38a20492e52aa2c9c"
		"c984996179600d7352a8249096d6c073374ec4e126ecd2f1b59bc876752631e495d6fd08a40febee"
		"89ee8aae6f769e443ca656ddd52ad3ef31a7ac868b5ee2eaebb73f1714600554d31b3d589a3a767b"
		"8253ba2395b106d55fe6f0b4" },
	{ .suite = "aes128gcm16", .spi = 0x0119b8b0, .esn = true, .seq = 3589675709708140975u, .next_header = 0,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "259df087a82d3a27",
	  .payload = "f93716209ffd431c73b2fa2e88",
	  .packet = "0119b8b0000081af259df087a82d3a27ce3652240aad0441bebbcf2dea994b522a3bb796a2f76eb7"
		"cc889cbce56ce850" },
	{ .suite = "aes128gcm16", .spi = 0x010f16c2, .esn = true, .seq = 14649996480148978635u, .next_header = 115,
	  .keymat = "cae3a8f58a69f2dbd5dbf8671e5eca9880055bd3",
	  .iv = "d9a79f469b8b7bd2",
	  .payload = "d2a34bb5807bc77442d99f1d311e1e580a9c286bcd48b0df10d900514bf8487e0d10e55bb7d253f5",
	  .packet = "010f16c20000bbcbd9a79f469b8b7bd26dd2f760abf9cdc9c660463b0e19335cf46fa503ea7be7f7"
		"bd0901b9463e1f3c38e83b6a3a0a2626889560db31212cf337a053cf07f2dd1248cebc02" },
	{ .suite = "aes256-sha256", .spi = 0x01c6f18c, .esn = false, .seq = 58486u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "353a41b545bddcfb25c44c923de8bb65",
	  .payload = "",
	  .packet = "01c6f18c0000e476353a41b545bddcfb25c44c923de8bb6570585d44562ee553caf382dbc204fa05"
		"b20a242d2d6aa61cc3a682735f7cf623" },
	{ .suite = "aes256-sha256", .spi = 0x014fae8a, .esn = false, .seq = 41420u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "9e5f62abf3d0881963ddbaac75a8fd9f",
	  .payload = "54",
	  .packet = "014fae8a0000a1cc9e5f62abf3d0881963ddbaac75a8fd9f1b70f3e40a914bce599ee059e565488e"
		"7d3ddada5dcf26302deac7135ff9e425" },
	{ .suite = "aes256-sha256", .spi = 0x010e66fa, .esn = false, .seq = 63144u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "a0a3c541e49a2bc0d01688e7103d23c6",
	  .payload = "a048",
	  .packet = "010e66fa0000f6a8a0a3c541e49a2bc0d01688e7103d23c62a73d1b9efb9c3e6a58f95f88dcc0a99"
		"1bfb1ba763ceda11626029e38bdb69c7" },
	{ .suite = "aes256-sha256", .spi = 0x017ce183, .esn = false, .seq = 13162u, .next_header = 0,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "72a40c33378d52af184ab1886612c616",
	  .payload = "6a2bdfa1f689bcbda9e045bec8",
	  .packet = "017ce1830000336a72a40c33378d52af184ab1886612c61654873d90e1a24da0dba8ca9abbfd5b93"
		"684518f1dabc3ebe5bd5f2a28907e3c3" },
	{ .suite = "aes256-sha256", .spi = 0x0114c63d, .esn = false, .seq = 4984u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "5d8dc06a69f73e4791a91415c07e847d",
	  .payload = "c4ab921f5ceca88594533010ed99",
	  .packet = "0114c63d000013785d8dc06a69f73e4791a91415c07e847d19b3f3ba246a6d0a6d34847165069d72"
		"a9a5be721a96967afa4a4aa07f1f5a46" },
	{ .suite = "aes256-sha256", .spi = 0x01049fdd, .esn = false, .seq = 56377u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "4a0c97de86754e4cf24269a167f31aac",
	  .payload = "c874f4a170d3d676128fd4cb6b3abd",
	  .packet = "01049fdd0000dc394a0c97de86754e4cf24269a167f31aacea6a3cf95f4492876f209640acfc9349"
		"213bd71bd60fd5604e4682c937746e05f4186b09ebcce2f0e0c9174a1ee7fb4a" },
	{ .suite = "aes256-sha256", .spi = 0x01a6937e, .esn = false, .seq = 18569u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "24929daae8e0df6b573445a849e09c35",
	  .payload = "608b0d017135e608adf113a49fb88e31ea3f4e1e546c4967f2216e559d5caabba7db2c1d6be33ea6",
	  .packet = "01a6937e0000488924929daae8e0df6b573445a849e09c35b63776928ab7a82ee82f6d7d69627585"
		"eea1c848d708c7cc5c628610ec9d4e1718eb4790e404afb3b30e9dd9b5bb2c7dc0e2907784cc75e6"
		"a4bcf537ba55315b" },
	{ .suite = "aes256-sha256", .spi = 0x0184b6df, .esn = false, .seq = 38072u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "24e250afbcb98785d5239ad3b4d3b560",
	  .payload = "94c6eefebf462c026b7737378135a0c2960e39e1378c14f69267b59b9813e3fd007e2b9e85123c37"
		"d928eb9460e35b94c33e9e7c726734037f16e334f69163cd9be7df117c4800e516c532c0b6d2",
	  .packet = "0184b6df000094b824e250afbcb98785d5239ad3b4d3b560f95519e72191a13ce035bf86d4a3e0d2"
		"ec77082ebe75ee7b237ef54f0ac939ab38ad055089126f80637c9213cfc9ed44ba224b1a86f5d091"
		"5a1bcc1ea5c6019c1a536160a36315b82120f182c5489f0bed5bd2298b3c9c907575dfaf19018f22" },
	{ .suite = "aes256-sha256", .spi = 0x01b57822, .esn = false, .seq = 19512u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "c601dd2d1eb021ac5922ef9219dc8916",
	  .payload = "7dabf6b3c808ab92aa038c136d8eee9c361c2715bd6d968e96cd980a991bbcc702c96b49765b1303"
		"ad8e6e04e5695fc278558dfc5be28ccf559a6bca347a1c8eea3922b3cbdeca8c35e117db66970963"
		"0eaa7833d10731942926a0a2b207bb7737267b30f29ec19b4be89db20dcb197d15faa56486f6e5b4"
		"aee56637cf02333ab89885d1bd4ff43f00531fe05ea43341044cd02f70487460fe576b6959118488"
		"3ccfd508cd4f680ee20e655c5a4b90cc326d765c5d17e471e3e9ad0307abd91a42a5622affdedf49"
		"1dca1d8e80d0bfa89e5831f8bd94c75b549ab84147f7fef7aa8670565c0cd6ab55eeb24be9f5d7ea"
		"6085f6fd48dbb92e9fdc390ba93bba2d39",
	  .packet = "01b5782200004c38c601dd2d1eb021ac5922ef9219dc89160d78c30cac96ff54d4e12513bbbd3507"
		"d0c6c0ee7454f3c844c00af37fc8dd239af997550aab4eadd5bdb8d8dcf4a7d2f069a8102c6dde7a"
		"5984ffaf9bab04d5cdb775e5cad01a63bbf4c3cb82a4f1f340ec80c41345df11a17be84244d8a21e"
		"a761763ad461026909f99723ed0091e294a94620c7120179034e2816c62d41c68abab28bf2080aed"
		"a3a7b32c94d280b3acabd6a3dca7639487df4a628e4b9a0a7cf865a20f7874788c80391e5efd5117"
		"2b4fca7cc8353ea43e01c7b682086f97742b3ad0d36195c0e5988da1944a803b0af98db79dee1b4f"
		"fdfb3a1cb8b8300310318401914997da9fa831cf349eac9a2b3d2b5ea318b8bfc658f2b379ef9780"
		"773d45406f96c6d9d44eb38c9e9773e83a6ecfc161f28b96d98bfe9b3f608a8b" },
	{ .suite = "aes256-sha256", .spi = 0x01d55708, .esn = true, .seq = 3272114559510395570u, .next_header = 0,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "b70c803a611c447381cef46136813559",
	  .payload = "0a2d7a9d21bd634d0f712da3ed",
	  .packet = "01d5570800003ab2b70c803a611c447381cef46136813559e8d3f32b56fa92888a10780e1447f3f0"
		"87002d1874e0c834230e002c080227da" },
	{ .suite = "aes256-sha256", .spi = 0x010b9bd4, .esn = true, .seq = 14572755586434250989u, .next_header = 115,
	  .keymat = "d380737f8be8ce70fed27c06ca2978ac7209f3ceaac3fe5452b1696e4e5cbbccaa574fd5a26410c7"
		"10e372002308a4960ea25312a195d58d38ca5aae6ecc6881",
	  .iv = "08814b483ffd02d894c957941cb1f989",
	  .payload = "143c7026652bd725399858b34ec081324fcff8b1a828705c951e92e162164d2f7d387fbc7e5f2ad0",
	  .packet = "010b9bd40000b8ed08814b483ffd02d894c957941cb1f989eba7a4258255e3b7aea4fe34839a0082"
		"b2dec5b73123f8467d41fa565d48a7be7eabb397fbc1d12699aa2a1476a0d68efabaf0ecaaf2359e"
		"e6e8cdc82c54efc3" },
	{ .suite = "aes128-sha256", .spi = 0x011232c4, .esn = false, .seq = 51680u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "ec5ac09b2a856e3af9e4425203d4c593",
	  .payload = "",
	  .packet = "011232c40000c9e0ec5ac09b2a856e3af9e4425203d4c593995a140aa8da27c6f13aff6df560caab"
		"ac7443e63ccae23cd2d2298a77e18ee5" },
	{ .suite = "aes128-sha256", .spi = 0x01059ac8, .esn = false, .seq = 64905u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "820d1b6cc700648416183f9d50c0170e",
	  .payload = "83",
	  .packet = "01059ac80000fd89820d1b6cc700648416183f9d50c0170ea2b0d59bdb7117d227707db46b51ffad"
		"4e2212b3875959e4b5fe9d2a6ed58e87" },
	{ .suite = "aes128-sha256", .spi = 0x01de97cd, .esn = false, .seq = 57615u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "e8193fdb6db4b15e44951228bb41f049",
	  .payload = "0014",
	  .packet = "01de97cd0000e10fe8193fdb6db4b15e44951228bb41f0490a03490a2eec5c0b2ddae46f95775e4c"
		"56fd11afcd57a0dcc76408ac3c28e200" },
	{ .suite = "aes128-sha256", .spi = 0x012325c4, .esn = false, .seq = 24933u, .next_header = 0,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "688cfc2d2209680fc72e9b4935e3c59d",
	  .payload = "bdfeb06fe7de3677208b5468a9",
	  .packet = "012325c400006165688cfc2d2209680fc72e9b4935e3c59d2eb70d6b1094fabebdb6b4ca7c1ab338"
		"83b808f5220bbd6e9d26b6dd11587e23" },
	{ .suite = "aes128-sha256", .spi = 0x01a2982e, .esn = false, .seq = 20725u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "0eb5cfb5b852173d075e728214db93ef",
	  .payload = "babcc5c9db9eedfd558e879ae2a5",
	  .packet = "01a2982e000050f50eb5cfb5b852173d075e728214db93ef4296ae72c8f6a0286404c340eeaf74ad"
		"8e3df4f847924f7dd56fe6648d0a325e" },
	{ .suite = "aes128-sha256", .spi = 0x01b042ab, .esn = false, .seq = 1353u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "424a876e2b529779a0ebc034031dbd15",
	  .payload = "a4de2fbef2c4c11cf782424ed4c185",
	  .packet = "01b042ab00000549424a876e2b529779a0ebc034031dbd15dc2e6997fcf37221ec5816b8d3171989"
		"9933d97a5166114bc0a1bd283703febab6f905e317ae1ccfd62311d9fff4814b" },
	{ .suite = "aes128-sha256", .spi = 0x011af983, .esn = false, .seq = 24292u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "a0acd908dfea3009d3b1ba8e8b08df8a",
	  .payload = "6f5bbb5269ce55f5b4843eb9e8dad6cb1e64ad034381ec36707b082108b0bded9e14725b89962b3e",
	  .packet = "011af98300005ee4a0acd908dfea3009d3b1ba8e8b08df8a8ec8a38fe5a142e109fd4d0bb2e3ad1d"
		"6512f9e8c059267758d1a015a06b7ebcb1acbec603704d556d9c595f8d973f1fc2f6b151dd38b55a"
		"cc13b7d3f36f43ad" },
	{ .suite = "aes128-sha256", .spi = 0x01f429b2, .esn = false, .seq = 9105u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "ab353f48a63ed51685ddb5d1695e1d8e",
	  .payload = "dbd3bbf1740b1cb02e8cb209fdaaa7b126c0e421222635b4c49958c7148701a14b998c670513ebc1"
		"cbd3645ccc3d66f8606a9714f49f4392973591f945ce9819af431ffa1f79f24087e69a27d1d3",
	  .packet = "01f429b200002391ab353f48a63ed51685ddb5d1695e1d8eee5e616baead4714488072f006961219"
		"19673bde9a814b801fc6d40ee9b694586c9282ebff9df17208a087dc013c358fa39a6b31c0e2cb5d"
		"a70a3f42cc87b8c633b974e78fb1c8a7783e85f017b33984c2a7c08e59b0eea35697efa4a6d6b199" },
	{ .suite = "aes128-sha256", .spi = 0x013eeb9e, .esn = false, .seq = 2776u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "38e44a2a33e70986a8ee2acb645ad219",
	  .payload = "66b600f7416b81a3053a0cd9d94b2383e00c9f2b2258cba19116de8b87b57a5f9b359e833cdfc8c3"
		"949dcb4e86c648d559f33949dd31ffcf2d17d6147a88093b25aa4bcbab88cd91aa0c51147e77e4b1"
		"780c0b6ec1d0c17eb3ab7d4f2751f5585f912e8b752e0814b512a72c9ce4bd71bbe4a379ea213c81"
		"0f8828e185c7bde3df1431a628a1cb9920802e813397564d1be57f81615690642e43d526e91993b2"
		"e25c6e8aa4752376041236c343b5b8c1cf424ac23858bc87b96398b3981e2efa70bce79702ed665e"
		"fdac38287635d7601c9eefb5bd96f3bf86b23f7e6c0fa82b3f47f81c8abf6bad4f9dff3550653806"
		"00af73f76a1282368b71cf7ed59daab6fb",
	  .packet = "013eeb9e00000ad838e44a2a33e70986a8ee2acb645ad2199cf1d09c5d316ed319c1a54714733c8c"
		"ec24c82376160dcd4358780ad2de34568858010642e06d42c69616d47af4dac30997534f6ecf9e31"
		"5646e3c31986819b08b60bda2304a17bfde1fe3b11e83be691c0cdcc9b1c7a055e7991cfcd81ad89"
		"b71aa6fc428a0c7036e209f3fb95f5354ded3e95e2dd51ad6b16376471c68c44b93c1a3a65e9a904"
		"c776c11ea8c44b225fbbdab0962da0241ebfb61868ca990172536832cb025992ea55f833edd52281"
		"527895958c5c3da7f12fe371e23f4397764e3d8514a3bf7369987b31e42ae13a4789c3c6fb97c4cc"
		"6289294657d00e97a198337959faed6d5b23afe8ad5b12273ae058677dda931e7a1aada3470dd47d"
		"2c3eb87116b7b4656db61ec2ade135392a0d193af37db9881a3f914bc64a15f5" },
	{ .suite = "aes128-sha256", .spi = 0x01f4c31b, .esn = true, .seq = 6825456383492653794u, .next_header = 0,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "dc30c491e2da1dbdd8d7812588c5e3a4",
	  .payload = "4b177a42333c1bd8642dd46351",
	  .packet = "01f4c31b000082e2dc30c491e2da1dbdd8d7812588c5e3a443b610f081f4a69fb27240a869e5102e"
		"54b3cc4d1810def7b3a28f17f8c22698" },
	{ .suite = "aes128-sha256", .spi = 0x012a36f4, .esn = true, .seq = 17766614510371630652u, .next_header = 115,
	  .keymat = "2cdd0ba5dc2142a2facf215513d325fc31978323165c172c71cdbe776fa7802806d72dea8e0fafa8"
		"62638e2b0f6205ef",
	  .iv = "626651a47280204fa8d464946437d4e1",
	  .payload = "bc5f791efaefe2dab50b11b5446a3415c40cbaba0b47b4fb4167eebfe75d142b2843f03446aa447b",
	  .packet = "012a36f400006e3c626651a47280204fa8d464946437d4e1fe1dc513dd07591c7242bc48d1c70bfa"
		"ecd0b119a6f37430b52393576bca7590ffdb2dced0630f8cb6880850d8029ff64dd2fbdbd1a8e720"
		"65d478e3b3851542" },
	{ .suite = "aes256-sha1", .spi = 0x010dd62b, .esn = false, .seq = 18029u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "eb152b3324cae5478fb69916d3f00169",
	  .payload = "",
	  .packet = "010dd62b0000466deb152b3324cae5478fb69916d3f001691c72b571529a4bb3155a015cb40c30c5"
		"d1b210ca11bdc80c71dd8c7b" },
	{ .suite = "aes256-sha1", .spi = 0x0199ebe0, .esn = false, .seq = 46793u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "7f6cd4788ddc442c259eb457ba3ebd98",
	  .payload = "6a",
	  .packet = "0199ebe00000b6c97f6cd4788ddc442c259eb457ba3ebd98cfd7ccf16455fe39a28ce5c15b22c8a9"
		"ddc4706d450bad404f4180b0" },
	{ .suite = "aes256-sha1", .spi = 0x013583a3, .esn = false, .seq = 61283u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "466e320af4e4ab819015a1e8727e6bdc",
	  .payload = "f803",
	  .packet = "013583a30000ef63466e320af4e4ab819015a1e8727e6bdcaf808bcc917a145e1e7b2f3cb781158d"
		"61de23cb0533cb6d19ed612e" },
	{ .suite = "aes256-sha1", .spi = 0x015268e6, .esn = false, .seq = 50137u, .next_header = 0,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "23229e5ea08244c7531ee5c31db693e7",
	  .payload = "6fc37ed5abbb2a8d58cac3c45d",
	  .packet = "015268e60000c3d923229e5ea08244c7531ee5c31db693e7ff0a49e2c6894554cbc404e1c2f2f1eb"
		"3c9deddfc7adaa93085a73e2" },
	{ .suite = "aes256-sha1", .spi = 0x01fcbeeb, .esn = false, .seq = 63263u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "95e39a727b7e3862f91f19f5f2b84e66",
	  .payload = "cc6884bf7bf7dd81f737cdf89a90",
	  .packet = "01fcbeeb0000f71f95e39a727b7e3862f91f19f5f2b84e66c7ec36f2f0b27c1e733e89e42701f773"
		"b1442851d182f1d3b8f6ae8d" },
	{ .suite = "aes256-sha1", .spi = 0x012b99e8, .esn = false, .seq = 63343u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "20b4bb52d94ea18a4dd5b303c5020f6d",
	  .payload = "ab7b1ea25e8c9952131669a0919fd5",
	  .packet = "012b99e80000f76f20b4bb52d94ea18a4dd5b303c5020f6d23dfd8edabd3bdad495d9f063e962af4"
		"a0bb7e6ea4ce85661212a5deda48550b281807c86cf33692343fbec8" },
	{ .suite = "aes256-sha1", .spi = 0x01248443, .esn = false, .seq = 47786u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "04f5eaf3b46083a0329bf9067b104855",
	  .payload = "18d02f81840d42aad818422b690b1a667cc3023aece71937185a6e8d879882421a18857dcf20ab63",
	  .packet = "012484430000baaa04f5eaf3b46083a0329bf9067b1048551489f083c5cece35763963224711df07"
		"5ffa3fb57b1a98f17c6dbcdee18c84d28ee5edf3f586308ea98f987b0a8261dfeefe7eb88a0285bb"
		"c930d53f" },
	{ .suite = "aes256-sha1", .spi = 0x011168a4, .esn = false, .seq = 47651u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "dc6f890565920f4665f3db0897051c08",
	  .payload = "9ed9ab71d44bf564bf4f9082c84621ec73e422ef1775f2f9161ce49d0214d344b713fb1c2ad3919d"
		"13dbc9d3d17e3ecc3dccde2de98cb2f98d1d638055ed9146cf25857088ba0547cc3544cae587",
	  .packet = "011168a40000ba23dc6f890565920f4665f3db0897051c086a2482aa2892f36a1dd3dbadc9e47022"
		"8ebcd9dea6f0b7e981f36a893ab0f40b5d1282953c9559915eed15abb7de38e969a80b2d32bcbc48"
		"f17d19949bd10edda633899b3ebe9d341827bdb4bd9744ce0fea79ec937539d56e3f63e8" },
	{ .suite = "aes256-sha1", .spi = 0x010a5f0d, .esn = false, .seq = 46343u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "7be024478daaecdb88734830499c51a6",
	  .payload = "86436ae6776c4db8fefa3e04e8dfb941daafa8e2f2f1ac6451f1612cf2013524265381897abccd90"
		"659a83ad86fe30d8bd986a78586dc5691005455eb067fcefbd36c7e994480905b2bec477b6adeda6"
		"8bd51aa752c9de85f80b2b5583de9817721cce7949f7bc6bc614322fa5177878fdefc90f93785d3a"
		"db334ecd7cf3471ddfa34440541f4562cd38019d4e62809baf32b8a39cc1f3fb8bd5753a45a8335f"
		"bcd7586ef242637e7a867a3746314bfeea10f0b8db489d1eca3255f2a84ec4e32fde5fe54d6cbd43"
		"f59c6e947b7cd26d334d8bcae9507e153bbf5d52054c36eee7dae50f7e28433b80ef45fbe5de6fd0"
		"1bb3aa79f0dd2db03a62bbed9623dc1c44",
	  .packet = "010a5f0d0000b5077be024478daaecdb88734830499c51a6f9c86adc1ee880f06bbf345fefbfb008"
		"74f119fd5977a24c6676140f40bb5254f751234ade9bfe357495cb230a5a1c2adc55973ec03058c8"
		"fe8b619b91cccb9ab764a3db258b624a3e60b7f5cd5a19077d029ea701fca69dff4a14624422f54d"
		"3e42ae5529f1718cd7809c8259da5014c700d3aa83a7a68e13cc641e23991699babb364143b03282"
		"5aa071c1e0cfe31e0b879d8749a01019253c685d64272b04509040dd3779b926587738fa4a93433e"
		"cd8104919dbab835ca76679760caf964003cc345977e391d7bbb218b2b4ab2a26caedb13c106490a"
		"1bc87419b3f652307059347bfd7cc00a029cb523055cea5beef107f6b5adb8a240b9c588cc33b2cc"
		"882a73e6218010b4b103ce29aad3010cb681867df2d11c949043c2f3" },
	{ .suite = "aes256-sha1", .spi = 0x0194d060, .esn = true, .seq = 14409129439969443051u, .next_header = 0,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "7509d647e96ca5755672dc6e3dd21584",
	  .payload = "490304a7beb1e2b475f113a65e",
	  .packet = "0194d06000007ceb7509d647e96ca5755672dc6e3dd2158472a28efaf0ba55e8cf768fd75d8a6050"
		"ec285885b3a484958eb97928" },
	{ .suite = "aes256-sha1", .spi = 0x01178e05, .esn = true, .seq = 9165337459498684911u, .next_header = 115,
	  .keymat = "248f6e02ad539066d76694de94d950035c0e68d5d47188a946f31731e306add283fcae49c29dfcd3"
		"366e9849f63ff744b35b6f1e",
	  .iv = "ba80dcc083a23199041516da5340d243",
	  .payload = "03b8028e5b2fd00c68396dd3da14ca0972b808c8e2c35dc4ed7afe603de76e86e8473ab8b2bce076",
	  .packet = "01178e05000011efba80dcc083a23199041516da5340d243e2551df86b432779b3326cdc30a7045f"
		"617718266a521c4bb9fcb41007ce270294f4001a10c365baebd73a51b6e1ad9e34373fd36bfeb3e2"
		"e3c6a504" },
	{ .suite = "aes128-sha1", .spi = 0x01f36155, .esn = false, .seq = 51839u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "962c0212df7bca88ac2b8f0259a0ff5d",
	  .payload = "",
	  .packet = "01f361550000ca7f962c0212df7bca88ac2b8f0259a0ff5d507a043599d54603985d8c79973c2267"
		"90c498a1686d373c5c22de33" },
	{ .suite = "aes128-sha1", .spi = 0x01bdb217, .esn = false, .seq = 9569u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "5e63424552a51a4708f26b5e93edd4da",
	  .payload = "4f",
	  .packet = "01bdb217000025615e63424552a51a4708f26b5e93edd4da04b6d79b0ef8119b2fae9a8c48dc63f6"
		"4232250d4b1843be8fb4cc32" },
	{ .suite = "aes128-sha1", .spi = 0x0131a9f4, .esn = false, .seq = 43204u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "cef6b01f8e65b2afc74ce87fb1e6d685",
	  .payload = "95ac",
	  .packet = "0131a9f40000a8c4cef6b01f8e65b2afc74ce87fb1e6d685ca2333e61f245e9e03e8986f45f65051"
		"d15901f28b9d00d3990a872b" },
	{ .suite = "aes128-sha1", .spi = 0x0199dcce, .esn = false, .seq = 25057u, .next_header = 0,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "962f5fc2379bfdc9a553ce4fcfbfefb0",
	  .payload = "8df8443e7732f77afdb64b0b05",
	  .packet = "0199dcce000061e1962f5fc2379bfdc9a553ce4fcfbfefb0b0c8e2d290b5ba8db16238f725a4d24b"
		"8082ac1eb5ca27fb81b4eef2" },
	{ .suite = "aes128-sha1", .spi = 0x01b0ed57, .esn = false, .seq = 22199u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "9a1dcc3a94a22771d7549ea494d945c3",
	  .payload = "a0601c449b1495b481ebb4439b94",
	  .packet = "01b0ed57000056b79a1dcc3a94a22771d7549ea494d945c3de53d9ea3cd21b189404f1b8a2632d6e"
		"af48118f3d662e3f74c99ff8" },
	{ .suite = "aes128-sha1", .spi = 0x01026fb7, .esn = false, .seq = 18787u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "f74a25ed34874faee28f18f06bc6ed15",
	  .payload = "cdac323e213b5bc2b099f70082a7c7",
	  .packet = "01026fb700004963f74a25ed34874faee28f18f06bc6ed1528de3d4fbba3da76d44a09afda1c8d5e"
		"f9d69a7156a89321b10079be3a0f8f75b0ab0ac2fb2f4179f22f995e" },
	{ .suite = "aes128-sha1", .spi = 0x0102e43e, .esn = false, .seq = 38346u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "2bb5072456aceda43a6e49424c1649de",
	  .payload = "461c437fb2244d3b2da89e58cc3dbc760b63389596a4754774bf734aba5ee885ca6ced8e63c080d3",
	  .packet = "0102e43e000095ca2bb5072456aceda43a6e49424c1649de3c61451ce7c774d28c09ea034b9cde4d"
		"718b5b60a9f484d00a2f792c4cf10ea8a01f70ae77e49b51fb411e5f603bf80c93bc70834550b8bb"
		"41b8a55e" },
	{ .suite = "aes128-sha1", .spi = 0x01aaa762, .esn = false, .seq = 19127u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "5951a3f9eecea4aaeb1fb7a3a2136bff",
	  .payload = "d80b3efca51dc3ece8e32a098d89d4f706f3910c3b11154b564595e8cb7ea69f5d5b19c40d0868db"
		"20118379923622ce366add4a6867b535e99fe1a3b3deb72e2b4979da6296afabfe1a7dca3199",
	  .packet = "01aaa76200004ab75951a3f9eecea4aaeb1fb7a3a2136bff0286c292c7de0a1ff88a563c7d0076fb"
		"2509e7e8dda83812d39185321044293b58bfa44c2dd97fc0b64041673af93b5a2ce86e7557e1d86f"
		"772a4ba348edf8d5f31940c3f710b2ee8a6b21636a33d144e9ded2cc322542d47592d775" },
	{ .suite = "aes128-sha1", .spi = 0x01ae217c, .esn = false, .seq = 34277u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "7f26674cde688d6fdcc6c4f0833b128b",
	  .payload = "3cf68ec2c1838a963bae3295fd04a576a09d3931f8b865f4926181afa63e34dedef8345fdb83a230"
		"08d7db756bac12cccbb75ee72ae604e81580c4775922ca12dfb232dcd28290c05b7c9713d773aa3d"
		"a5a9f33584ea97928a0edd054566b6445bd3f8ea5d811b165b78c1fdde3ee32b639c88d735d37d13"
		"068631f79c07c23c4efafbe7003d6c6c4c8b6a53cce19bd53d190e1a5193e06dfe381102b1b4650e"
		"c73d0fe02820aef18fb2ab8e0ba92dd7eed3b768a3ebca43afea9576006c266035c2ddaf80a261ca"
		"d052dbf58ba366d2f6038916c0dd2369343acd4af1ac08d46c0ad851a40a855e3c71d3680fb0aec2"
		"df97486e71aa5d9819c34d5de8e4fe184d",
	  .packet = "01ae217c000085e57f26674cde688d6fdcc6c4f0833b128b246ae3eaa7338db6134b3ae33432b4a0"
		"d1f137b92419c174cca9f99f0a12f2f9d895b23b7181ab96b1614c4e7d600d52078b071f4bcfba13"
		"f66d91f863c965aadd5cb9e2b14452e984ccd3b835a28f203bedac263619e6b8b43a5b73f79373b5"
		"090b83163b6dd379e2a0713aaae9c3ca0a822c5bfb11c3b133580dc623653b28ec5eefbe820d0307"
		"6ea586b91e47880ad5ad7d0c7b91c6aa2f0f74a88fe347275787be13ca685308d577a26a57057ac9"
		"34133566a2fab7d6c93d9c54cbc68edb935d457dfd65cc422689d948294c4f1508651f69ae5e1a2e"
		"6afda082f2e0ccb961fec81f312a303790e3ac27445d47b021564e5406c949ff30d46351155a303b"
		"c24b23ae59b395eeec92506686b00c2374cc78c318249352b33d93fb" },
	{ .suite = "aes128-sha1", .spi = 0x01a32102, .esn = true, .seq = 2615937406012009347u, .next_header = 0,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "4b1e4774cf43f56b6e8cac6274bfa1af",
	  .payload = "37d58d6e5a1ad225773eb9726b",
	  .packet = "01a321020000ab834b1e4774cf43f56b6e8cac6274bfa1afe293139e15e6e6a88c3349098cc58806"
		"7188f66fc5db2396c38123da" },
	{ .suite = "aes128-sha1", .spi = 0x0185f079, .esn = true, .seq = 15099664570899293642u, .next_header = 115,
	  .keymat = "df2457406734fd3aaa51e0b7d62fb7389dd192f7cb9668dc9c88fc562df2553abe4170a5",
	  .iv = "5eff92c37931286de375dbe8a4abe48b",
	  .payload = "9f7590166005d6181d3093b7e89360c5cdfbeb630c05852ff8886e9b8796992a980abd8976f9fb3c",
	  .packet = "0185f0790000e5ca5eff92c37931286de375dbe8a4abe48b09a2d5b73fa74af6169d96f39b8e635f"
		"aa1f55a13a78a18df12e68fe8081c8c82da24e679df3b403bd52fad8027a55de4631eb670f893af3"
		"be5dea76" },
	{ .suite = "null-sha256", .spi = 0x0109cbca, .esn = false, .seq = 36299u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "",
	  .packet = "0109cbca00008dcb01020273b7622d69d731da172d434819a7d7224e" },
	{ .suite = "null-sha256", .spi = 0x01fab4dc, .esn = false, .seq = 41740u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "1e",
	  .packet = "01fab4dc0000a30c1e01017376aa7d78afd923cc1eba7cb1b1a228da" },
	{ .suite = "null-sha256", .spi = 0x01463b4b, .esn = false, .seq = 15170u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "e10e",
	  .packet = "01463b4b00003b42e10e0073c5f21ec86b1ec41d3ae28bd6fb155788" },
	{ .suite = "null-sha256", .spi = 0x01c59ff9, .esn = false, .seq = 14849u, .next_header = 0,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "d815ab2950ea1a1bcf8b76a36d",
	  .packet = "01c59ff900003a01d815ab2950ea1a1bcf8b76a36d010100baa69cb838a4b56249c7c68f3c5380f2" },
	{ .suite = "null-sha256", .spi = 0x0130390f, .esn = false, .seq = 50355u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "9c2d77523eb7b7427bbec46cb602",
	  .packet = "0130390f0000c4b39c2d77523eb7b7427bbec46cb602007335d7de442fee426a74399c1c4f1c7f11" },
	{ .suite = "null-sha256", .spi = 0x01ba1de7, .esn = false, .seq = 25155u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "b174faae9260859fd58017eada12ae",
	  .packet = "01ba1de700006243b174faae9260859fd58017eada12ae0102030373a9ad5f57d33ee825eaf700b5"
		"5dd7708a" },
	{ .suite = "null-sha256", .spi = 0x017816d6, .esn = false, .seq = 62026u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "407284843765f68882a9f8784e86c92b28e7cb4af3fb36fe75212ac2f39706b2c1d5e30044476e07",
	  .packet = "017816d60000f24a407284843765f68882a9f8784e86c92b28e7cb4af3fb36fe75212ac2f39706b2"
		"c1d5e30044476e0701020273ef92f7eaf544518af5ac488f6a1293ff" },
	{ .suite = "null-sha256", .spi = 0x01cd10cf, .esn = false, .seq = 18598u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "3a626d4e8309f7260cb71ada7e20e249db98965b2ba8c34cadc39659796d18f93740bc124b21d764"
		"c2abfe12f20782e101bac6488673c4847c931ca2c3abe29439ff9dbd2da98d45c6fa1542493f",
	  .packet = "01cd10cf000048a63a626d4e8309f7260cb71ada7e20e249db98965b2ba8c34cadc39659796d18f9"
		"3740bc124b21d764c2abfe12f20782e101bac6488673c4847c931ca2c3abe29439ff9dbd2da98d45"
		"c6fa1542493f007322c933d1f2891ecf79402f7733981956" },
	{ .suite = "null-sha256", .spi = 0x01634e2f, .esn = false, .seq = 48705u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "df31adb165736ca1ebbe3dcacfcdad94145964c632ccc2c1ff67b7629cc3cf35e32bee562b0cf2c3"
		"968ec8ae14fd79daab4ddd49b04cacf45a5dba5d58f4d12828d57b55a37bcc19d8f55b553777679b"
		"ef034875fc5b1e0da4ae7516713da0d62f49246ef067a7af42fe618601ef8dc41724a394d56099f8"
		"87f887f63792512e4c6450be750552a4189389d8fcf4771929b1c716b7fae0421125396b54f28108"
		"3242bb929262a948b059f256a20a14b967aa3773b37a4b1c99d315f25d8e5e1c8d32039c182c87b8"
		"a1de9827bb8e0882472baa5a576a23f7486ac5856b6057ffe2f5336fe8fe71b091f2981833109bdb"
		"77b4e2248a7fae9effaec96107d2428c90",
	  .packet = "01634e2f0000be41df31adb165736ca1ebbe3dcacfcdad94145964c632ccc2c1ff67b7629cc3cf35"
		"e32bee562b0cf2c3968ec8ae14fd79daab4ddd49b04cacf45a5dba5d58f4d12828d57b55a37bcc19"
		"d8f55b553777679bef034875fc5b1e0da4ae7516713da0d62f49246ef067a7af42fe618601ef8dc4"
		"1724a394d56099f887f887f63792512e4c6450be750552a4189389d8fcf4771929b1c716b7fae042"
		"1125396b54f281083242bb929262a948b059f256a20a14b967aa3773b37a4b1c99d315f25d8e5e1c"
		"8d32039c182c87b8a1de9827bb8e0882472baa5a576a23f7486ac5856b6057ffe2f5336fe8fe71b0"
		"91f2981833109bdb77b4e2248a7fae9effaec96107d2428c90010173e956d763e6c7870dbc0421e2"
		"46081ed4" },
	{ .suite = "null-sha256", .spi = 0x01d3a694, .esn = true, .seq = 17492861829024594251u, .next_header = 0,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "a85b087880cc24a40aed9b82e9",
	  .packet = "01d3a6940000394ba85b087880cc24a40aed9b82e901010041e138612ff44ef73096699db84e8876" },
	{ .suite = "null-sha256", .spi = 0x01f90482, .esn = true, .seq = 13862012110390711195u, .next_header = 115,
	  .keymat = "0d3c4f24133f3e3ea1a325b4e80ac732c3e75e0be6cf6173b75184d5dfd24e09",
	  .iv = "",
	  .payload = "ca8635dcf84b61b5b697394a41aa487a49e8330047ef77f947a5c7ba2b181c522339714eede045ab",
	  .packet = "01f904820000539bca8635dcf84b61b5b697394a41aa487a49e8330047ef77f947a5c7ba2b181c52"
		"2339714eede045ab01020273116fc9c3d60ecd3bf545355107898cf7" },
	{ .suite = "null-sha1", .spi = 0x01ebced0, .esn = false, .seq = 47666u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "",
	  .packet = "01ebced00000ba3201020273605478eb9c3d8f91be29a0cd" },
	{ .suite = "null-sha1", .spi = 0x0101ca6e, .esn = false, .seq = 40253u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "c4",
	  .packet = "0101ca6e00009d3dc4010173e0e17afad267bc4376e81f18" },
	{ .suite = "null-sha1", .spi = 0x01825835, .esn = false, .seq = 45405u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "a48b",
	  .packet = "018258350000b15da48b00730d1ec5e7c4e0f40647e5003f" },
	{ .suite = "null-sha1", .spi = 0x01351863, .esn = false, .seq = 29248u, .next_header = 0,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "a1aef15bcc2755bb4ce9110831",
	  .packet = "0135186300007240a1aef15bcc2755bb4ce9110831010100de081d7b9686c94b51fad763" },
	{ .suite = "null-sha1", .spi = 0x0185a4bb, .esn = false, .seq = 24975u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "839d11cf5a6328806452c8211590",
	  .packet = "0185a4bb0000618f839d11cf5a6328806452c82115900073cc8a903f5a07d98d4edac7c2" },
	{ .suite = "null-sha1", .spi = 0x01479fa4, .esn = false, .seq = 23505u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "14faac8e9274246f6654a57be95e51",
	  .packet = "01479fa400005bd114faac8e9274246f6654a57be95e51010203037361ee8fd40192a850df41b9cd" },
	{ .suite = "null-sha1", .spi = 0x012e24e7, .esn = false, .seq = 59069u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "586171be87197720c804e396171e2482c6992870d3627b243f612cad74b74d6ff675f223534a8ae9",
	  .packet = "012e24e70000e6bd586171be87197720c804e396171e2482c6992870d3627b243f612cad74b74d6f"
		"f675f223534a8ae901020273e2de256f3039f906d3e6514a" },
	{ .suite = "null-sha1", .spi = 0x01e29492, .esn = false, .seq = 42386u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "3dbd7258f650653bf6381ae5e8a07b6705dbd33d01dd2db18943ba581ec917300e3cf052f00de72a"
		"955776e72e9a608ec760271a55b18c9dee2c2c8fa14e17b74c36d30a2bdffd87d8b69534abef",
	  .packet = "01e294920000a5923dbd7258f650653bf6381ae5e8a07b6705dbd33d01dd2db18943ba581ec91730"
		"0e3cf052f00de72a955776e72e9a608ec760271a55b18c9dee2c2c8fa14e17b74c36d30a2bdffd87"
		"d8b69534abef0073a02cab229597a82e8c13a069" },
	{ .suite = "null-sha1", .spi = 0x0158ce04, .esn = false, .seq = 36537u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "d97776fac4ba36cf744f3058fe45d2fd8aabcb0d0e922cc0b2c109108518b5b2d4b429b06a90bc5a"
		"94ec5799be83fcdfec12a872fb046dee00c8be446ff32e70c9ff33a15f1f89d812ea25cf1c49904c"
		"b8e0d361a2c67f1492b4cff7812b1206733250752d679bc9361e87e057d819b2959e65ca1b0b2d24"
		"09b40f733f7101c2005d26ad04cd92176773250fa9b53a8a459b564b7f66f64a28cde4db65e6b349"
		"57dc63abf79f24ecf5960970421738d7cf0392871d12103047b5a2705c4be65672e7778a99bab8fc"
		"8e69b2a988475a074a3e1731eece8039b424f63be0c176972032da03b6c3eb9c87304ac80be53dfb"
		"7a2cb6302501090788ec8987d90b1e4e45",
	  .packet = "0158ce0400008eb9d97776fac4ba36cf744f3058fe45d2fd8aabcb0d0e922cc0b2c109108518b5b2"
		"d4b429b06a90bc5a94ec5799be83fcdfec12a872fb046dee00c8be446ff32e70c9ff33a15f1f89d8"
		"12ea25cf1c49904cb8e0d361a2c67f1492b4cff7812b1206733250752d679bc9361e87e057d819b2"
		"959e65ca1b0b2d2409b40f733f7101c2005d26ad04cd92176773250fa9b53a8a459b564b7f66f64a"
		"28cde4db65e6b34957dc63abf79f24ecf5960970421738d7cf0392871d12103047b5a2705c4be656"
		"72e7778a99bab8fc8e69b2a988475a074a3e1731eece8039b424f63be0c176972032da03b6c3eb9c"
		"87304ac80be53dfb7a2cb6302501090788ec8987d90b1e4e450101733cc3ee9d5fd07e0963815d78" },
	{ .suite = "null-sha1", .spi = 0x01248ad7, .esn = true, .seq = 11548591335757880958u, .next_header = 0,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "86e72c26de4dc7a5bb93df41d4",
	  .packet = "01248ad700009e7e86e72c26de4dc7a5bb93df41d40101002acaa9a66c88b02f9955eb60" },
	{ .suite = "null-sha1", .spi = 0x018df3e4, .esn = true, .seq = 7743015170632339934u, .next_header = 115,
	  .keymat = "e5c292147e04dc59b31290d00e4f3c644626ea9a",
	  .iv = "",
	  .payload = "2f5f748377b6c7e0cb20e8f1d1e2c6caad529a02afa9a232544336b224d21861dbd8e648c633bb70",
	  .packet = "018df3e4000051de2f5f748377b6c7e0cb20e8f1d1e2c6caad529a02afa9a232544336b224d21861"
		"dbd8e648c633bb7001020273bf3ee80eefaa1754521d394c" },
	{ .suite = "aes256gcm12", .spi = 0x01c816e6, .esn = false, .seq = 2533u, .next_header = 115,
	  .keymat = "76c7aac1d7f85c904cb9ee3a1578b3b49ac0aa2737cb2040a79c255b1fe23304fcb8a0ba",
	  .iv = "87da9a468b625bcc",
	  .payload = "",
	  .packet = "01c816e6000009e587da9a468b625bcc086b9c2e2b0f31020f121780ed87bdc5" },
	{ .suite = "aes256gcm12", .spi = 0x01cc915c, .esn = false, .seq = 63753u, .next_header = 0,
	  .keymat = "76c7aac1d7f85c904cb9ee3a1578b3b49ac0aa2737cb2040a79c255b1fe23304fcb8a0ba",
	  .iv = "c82c65a681ca0f94",
	  .payload = "6c8dd386ad0dcc33a75457359a",
	  .packet = "01cc915c0000f909c82c65a681ca0f94500d3190b8ff3d587159e64832fc7b414a3355f6d8140980"
		"90231613" },
	{ .suite = "aes256gcm12", .spi = 0x016829ea, .esn = false, .seq = 18788u, .next_header = 115,
	  .keymat = "76c7aac1d7f85c904cb9ee3a1578b3b49ac0aa2737cb2040a79c255b1fe23304fcb8a0ba",
	  .iv = "8794e5c863d47917",
	  .payload = "83d9e6c57dad90537390c4ea149b8b8351026014ce11dfcbbdb1a9b5def896b2587cd21fe90f1108"
		"d90258e61343bfeaac3bf44d88f6834db0c82ac583c2a61d84b6758976338e4b6c36e6097905",
	  .packet = "016829ea000049648794e5c863d47917f4c7ebf0c7624253867d5b929240a88ce8073939a7d4c35f"
		"d5599390183b8e6a3541ff125dca030b683f04c9dca702c6f528c171402530e6ff9384ac154828d9"
		"c5cbab3e916f1b0eb92a89e739caf8e0f1f8477c4d354a070c73a584" },
	{ .suite = "aes256gcm12", .spi = 0x01b95a82, .esn = true, .seq = 2804006245718086552u, .next_header = 0,
	  .keymat = "76c7aac1d7f85c904cb9ee3a1578b3b49ac0aa2737cb2040a79c255b1fe23304fcb8a0ba",
	  .iv = "c8037bf7b3e56d97",
	  .payload = "73701798360bc5a25781a5ab7d",
	  .packet = "01b95a820000d398c8037bf7b3e56d97d329ffc2ae367d1f3b34c2382be67e644333021b50cb4eb9"
		"a1d423f7" },
	{ .suite = "aes256gcm12", .spi = 0x01ba60a2, .esn = true, .seq = 9850387530644459236u, .next_header = 115,
	  .keymat = "76c7aac1d7f85c904cb9ee3a1578b3b49ac0aa2737cb2040a79c255b1fe23304fcb8a0ba",
	  .iv = "1151712a13f6af27",
	  .payload = "61920f00bbe5a4c2eb84726f8340c65f4f46bb4f9c74bce7fb8f8bf1e7541e9071a45e3224d365ca",
	  .packet = "01ba60a200000ee41151712a13f6af2797cb50b09354f3a663325a0ed562ef93da62115c767c222b"
		"715a112589b7a350d265b733d279a0558321ce2cb2b71ba4af369b61c26edfe6" },
	{ .suite = "aes128gcm12", .spi = 0x01c88cd0, .esn = false, .seq = 4606u, .next_header = 115,
	  .keymat = "ec73832eaa0a308932c318bfca4569edae59f606",
	  .iv = "b7c597debaa3583a",
	  .payload = "",
	  .packet = "01c88cd0000011feb7c597debaa3583a2f73f8d3d49c34cbcbcc1b432c5e710e" },
	{ .suite = "aes128gcm12", .spi = 0x01276b10, .esn = false, .seq = 18673u, .next_header = 0,
	  .keymat = "ec73832eaa0a308932c318bfca4569edae59f606",
	  .iv = "8006edcf8f793574",
	  .payload = "bd4b0a9e7632049fac15325691",
	  .packet = "01276b10000048f18006edcf8f793574408f1fbd8321bdce68ea7a672cb4fc7fdeb3f23004d0fefb"
		"310882c5" },
	{ .suite = "aes128gcm12", .spi = 0x0187a2fa, .esn = false, .seq = 31753u, .next_header = 115,
	  .keymat = "ec73832eaa0a308932c318bfca4569edae59f606",
	  .iv = "17262f9580c73a98",
	  .payload = "ebc68e7b1347e7031e7f7e84991ee065d7127dd4a48a02a69de878121a89c0ab809e9350d9f619b6"
		"51937c146d7fb468381a3aa4f668838d36b59b3014280fd9c3ab1cdec52d4bcd054bfd040db8",
	  .packet = "0187a2fa00007c0917262f9580c73a9885fa4d0d87334db6b4f8c1a395f555b5391ce934e06aa66d"
		"df23dde7f1b41de8934c20089c09b89e92edbeefd11f378abccb8c3c1e4cb0de0aa301640ae4654a"
		"67670d8b8d9f634fbfa9f89c4f7a74b5fca257278adf425fc327f486" },
	{ .suite = "aes128gcm12", .spi = 0x0180f2c0, .esn = true, .seq = 1540018110902331843u, .next_header = 0,
	  .keymat = "ec73832eaa0a308932c318bfca4569edae59f606",
	  .iv = "42511c4083e3ac27",
	  .payload = "064a1e2b9465181fc108269afb",
	  .packet = "0180f2c0000069c342511c4083e3ac27453df65e04a3245b4f38d364c6537347587b500b410cee39"
		"9168b50a" },
	{ .suite = "aes128gcm12", .spi = 0x01c2675f, .esn = true, .seq = 14524495809183019178u, .next_header = 115,
	  .keymat = "ec73832eaa0a308932c318bfca4569edae59f606",
	  .iv = "11d67a50ac1eb437",
	  .payload = "05ab5256b948e6023759c25b1fc0d7f412e161ce78a649a601da6fa2ddff8d440d6be08e24d7b543",
	  .packet = "01c2675f0000f0aa11d67a50ac1eb43754bbd3fc44f38fb4d4dafa3d124ee06593db248a34971ae1"
		"9dc746c8cf41b100d233385f9492eb283b533ce17636aa2c82323d9ce9f6d1ae" },
	{ .suite = "aes256gcm8", .spi = 0x01b973f6, .esn = false, .seq = 21559u, .next_header = 115,
	  .keymat = "ac1e6aaa10f0a2258d26ba47ed74d5807977cf7a803db7b600cee18487cea26a9059feec",
	  .iv = "e154b96528fa32be",
	  .payload = "",
	  .packet = "01b973f600005437e154b96528fa32be9fccaee2623ea1361aa305db" },
	{ .suite = "aes256gcm8", .spi = 0x01d63d5d, .esn = false, .seq = 12253u, .next_header = 0,
	  .keymat = "ac1e6aaa10f0a2258d26ba47ed74d5807977cf7a803db7b600cee18487cea26a9059feec",
	  .iv = "78c53c8b5400c78f",
	  .payload = "0775da21f48bcb32f87ba1f419",
	  .packet = "01d63d5d00002fdd78c53c8b5400c78f2e249c673060c14685567462aceb2c71cbb30121f88ce80e" },
	{ .suite = "aes256gcm8", .spi = 0x01af8b53, .esn = false, .seq = 29694u, .next_header = 115,
	  .keymat = "ac1e6aaa10f0a2258d26ba47ed74d5807977cf7a803db7b600cee18487cea26a9059feec",
	  .iv = "d7c77893f524c40b",
	  .payload = "0933de7465079684c6d6591e48dba4819467675420bc357c33d621c76a61cf1ec3bcf7066b05244f"
		"be5e3eb10df6fd1a881d866ee1ec2a501eb54237dbdc37b4826091577c47e0fb08470ddfaf1f",
	  .packet = "01af8b53000073fed7c77893f524c40bb903b195d3bd563e9a32ebe6a3602a692492137a817e7807"
		"44edcb2349bc7e41561e5d39f31ad194cf9c30c9140817683bf72744f494745166487be444211334"
		"26d02f7535cdde8611a0a875598edd390f2cc859edbf3178" },
	{ .suite = "aes256gcm8", .spi = 0x01712e9a, .esn = true, .seq = 540318533788117945u, .next_header = 0,
	  .keymat = "ac1e6aaa10f0a2258d26ba47ed74d5807977cf7a803db7b600cee18487cea26a9059feec",
	  .iv = "fcbb083603ba8b95",
	  .payload = "7a0875281c564aa912b992c61e",
	  .packet = "01712e9a00002bb9fcbb083603ba8b9511eb104a4d82bc374ef673726e8464d82852881c7036d342" },
	{ .suite = "aes256gcm8", .spi = 0x01cdd6d9, .esn = true, .seq = 11340652164864282384u, .next_header = 115,
	  .keymat = "ac1e6aaa10f0a2258d26ba47ed74d5807977cf7a803db7b600cee18487cea26a9059feec",
	  .iv = "40ab4c71729e0722",
	  .payload = "63ddf31217855495b6990ac747cce28a222bc261116f9f6752f54b970063131ae36c8c46d0f7eda5",
	  .packet = "01cdd6d900000f1040ab4c71729e0722935cefdba06fb4f829565d84aed152499685f55a6642791b"
		"8f97d3168292005600b335231c1d1328ad7840fecac5b15248b8b351" },
	{ .suite = "aes128gcm8", .spi = 0x01bd2056, .esn = false, .seq = 26446u, .next_header = 115,
	  .keymat = "2e40f63a6951b85fcd9b41d70781c54009bbcbfa",
	  .iv = "473df61b8e51354c",
	  .payload = "",
	  .packet = "01bd20560000674e473df61b8e51354cdd3fbc18d420d2d32e6b3cf4" },
	{ .suite = "aes128gcm8", .spi = 0x012e4895, .esn = false, .seq = 25965u, .next_header = 0,
	  .keymat = "2e40f63a6951b85fcd9b41d70781c54009bbcbfa",
	  .iv = "e837203c9c6407ab",
	  .payload = "a6af0eecc2b4e5a7cc11768dc7",
	  .packet = "012e48950000656de837203c9c6407ab4c0d490c7ecde906186b14f0e4597c02b2250eb18b4f7e23" },
	{ .suite = "aes128gcm8", .spi = 0x0131c8c9, .esn = false, .seq = 25707u, .next_header = 115,
	  .keymat = "2e40f63a6951b85fcd9b41d70781c54009bbcbfa",
	  .iv = "71c69c98936b648a",
	  .payload = "7a2e1ede9d44b9ed0eb6df9ede59bb88f88a783d277dcb84ce68746252a7ec21dc47ca742320c720"
		"a01622512cb214fdc310dc336a21f50605d1727c6817b0d4258650b3dd31fcd390165a53d691",
	  .packet = "0131c8c90000646b71c69c98936b648ad85dff9fccffc476e7c8118b103ecc103ecdae33c90f57ce"
		"819a4c9292718d4a76943f80878038f1ed22d452900d9cac1c3355e1ea9d41639eea33a30d387b3b"
		"c2008319c945ee918493bccc497c96cc4200e674a8f1d834" },
	{ .suite = "aes128gcm8", .spi = 0x01c5af23, .esn = true, .seq = 10034559005357038231u, .next_header = 0,
	  .keymat = "2e40f63a6951b85fcd9b41d70781c54009bbcbfa",
	  .iv = "db01d974da8041b0",
	  .payload = "e94de665ce53e1b40d57fc796f",
	  .packet = "01c5af230000da97db01d974da8041b0be721e86ce4b0220828ee278d936185f6729c96f6314fe15" },
	{ .suite = "aes128gcm8", .spi = 0x01cf597a, .esn = true, .seq = 9825534698091200158u, .next_header = 115,
	  .keymat = "2e40f63a6951b85fcd9b41d70781c54009bbcbfa",
	  .iv = "d75c2601ed12be96",
	  .payload = "5d1800478987982a46a6a760a9cecd3701a5151fd2b10007361d16e6ec4128016a5286ebed74b61c",
	  .packet = "01cf597a00003e9ed75c2601ed12be96c9380ed67e1574c36f25aa0985dfbd1232b9f1772c4ffa33"
		"a65fee3534b625e4a95efe3c36f57d6d016ab5271130fa272388eaf1" },
	{ .suite = "aes256ccm16", .spi = 0x012f9661, .esn = false, .seq = 1794u, .next_header = 115,
	  .keymat = "3f6316dd2a9470f90983086dc3be3caa048ebd9042ab005ca86b6f3fac7c6558ac8298",
	  .iv = "69598ea0a45a0fbd",
	  .payload = "",
	  .packet = "012f96610000070269598ea0a45a0fbdac009756b619f4caf6f2e8dca6f7a0979561c1a8" },
	{ .suite = "aes256ccm16", .spi = 0x01b0bc3e, .esn = false, .seq = 55229u, .next_header = 0,
	  .keymat = "3f6316dd2a9470f90983086dc3be3caa048ebd9042ab005ca86b6f3fac7c6558ac8298",
	  .iv = "8363865a89395a35",
	  .payload = "f2ee8971dfbf499b35ba80c831",
	  .packet = "01b0bc3e0000d7bd8363865a89395a35b07eb8f9d650f6e588a9f7c4b19089f957fbc58ae94df3be"
		"cb4faa2117418552" },
	{ .suite = "aes256ccm16", .spi = 0x01abb724, .esn = false, .seq = 27860u, .next_header = 115,
	  .keymat = "3f6316dd2a9470f90983086dc3be3caa048ebd9042ab005ca86b6f3fac7c6558ac8298",
	  .iv = "bafb66fab1be4067",
	  .payload = "4def7c08862993e2be1c743229875912137e85f18ac764f717d337ddd3d819b0946749e1d4bbf918"
		"e136ea3299954ad735f429d383fffa8050be91348e10cef2ca450bed3b7b740410b622723f00",
	  .packet = "01abb72400006cd4bafb66fab1be406713ff28420b28927e5d27e29ca42891fd41be987075f690a2"
		"5a95e948df4ba6a9df1cc4bcaacb6d4c83205262623f8738c69ef43b0ec805f1153dbb8e94c17c0e"
		"cb5f4fad9022e918089381c1ec69b8d7dd66fa076b105ca5bf477a7e07caf43a" },
	{ .suite = "aes256ccm16", .spi = 0x0114868b, .esn = true, .seq = 12727514396281021834u, .next_header = 0,
	  .keymat = "3f6316dd2a9470f90983086dc3be3caa048ebd9042ab005ca86b6f3fac7c6558ac8298",
	  .iv = "305d96b2cff8f2bc",
	  .payload = "a566977afb53b0dca48d0540ad",
	  .packet = "0114868b0000258a305d96b2cff8f2bcdd905c77cc3b7b692f4b172b5ce47985b5ebb4bc5fe6e8c3"
		"3ee6940939e53593" },
	{ .suite = "aes256ccm16", .spi = 0x0143a7ab, .esn = true, .seq = 2080053700834932179u, .next_header = 115,
	  .keymat = "3f6316dd2a9470f90983086dc3be3caa048ebd9042ab005ca86b6f3fac7c6558ac8298",
	  .iv = "0c6f5508b525ed9e",
	  .payload = "b676deb2b037268f2344a391e80aece98f8e5265b9bca60c73adbaa3d42e81d210d79f635006e49b",
	  .packet = "0143a7ab0000b5d30c6f5508b525ed9e20a7ebb77ddce3467cfa0d4ec16bdd4ac6c51b0e1dea8068"
		"9abfdd498311ee57a6340ded924e5e8ea11181719c31201612c5fd60a54e402dd61a9c18" },
	{ .suite = "aes128ccm16", .spi = 0x0107e1ef, .esn = false, .seq = 65482u, .next_header = 115,
	  .keymat = "0f66ad806061e76876aeac613b0969e79e7fc2",
	  .iv = "b304f4548e5fb83e",
	  .payload = "",
	  .packet = "0107e1ef0000ffcab304f4548e5fb83e1e9a3d28fdb2b3ac64707e017c45c260e6569167" },
	{ .suite = "aes128ccm16", .spi = 0x0143ff24, .esn = false, .seq = 46090u, .next_header = 0,
	  .keymat = "0f66ad806061e76876aeac613b0969e79e7fc2",
	  .iv = "99da02b5e5a3acde",
	  .payload = "fc31cde02e4863e64baa500f84",
	  .packet = "0143ff240000b40a99da02b5e5a3acde15b81e85e044ac2c4b2b395e5cb68a7654a711c911eb1705"
		"9f005c404ecffcf6" },
	{ .suite = "aes128ccm16", .spi = 0x01c6b5ad, .esn = false, .seq = 6439u, .next_header = 115,
	  .keymat = "0f66ad806061e76876aeac613b0969e79e7fc2",
	  .iv = "c3bd85bb3c0cff14",
	  .payload = "aa2a3ba9b9e9b31dc49f8510cfb68e5dc745244953ad650cb3eaae45f58b64e6ef78bd0e88df8a42"
		"851760ad22f450e51e20fbe01b8849028915eae096549cbdfc784714f56e7c5a0f141b36ab78",
	  .packet = "01c6b5ad00001927c3bd85bb3c0cff1464ac5085edb082d8e844bb01f19edbfe43682906957b4d49"
		"4ab016303b5e0bcd6277f0556bbee79421957d50fe7ea89366be1af1b61136ad94fdc087b16092bb"
		"b3fe317b4e24c42d399bd0b25da5cb501276a51b7e2b3a5493ec6d064724bbfd" },
	{ .suite = "aes128ccm16", .spi = 0x0151a537, .esn = true, .seq = 5415942558981338829u, .next_header = 0,
	  .keymat = "0f66ad806061e76876aeac613b0969e79e7fc2",
	  .iv = "7f0bba349e097d1b",
	  .payload = "f401d60e21851faa95ee39b2c9",
	  .packet = "0151a5370000b6cd7f0bba349e097d1b8c8c81a901738bec41bf8bf851f2ffb11cc90201e2081602"
		"4eba85bb44a80eb9" },
	{ .suite = "aes128ccm16", .spi = 0x01ff0385, .esn = true, .seq = 5773339728417968744u, .next_header = 115,
	  .keymat = "0f66ad806061e76876aeac613b0969e79e7fc2",
	  .iv = "ea3317191f5dc90d",
	  .payload = "6c3c119289b4905e92996a07f770f82e487e0618cf23721e244cf0e0fb342d5f0e4e734ade9f4b54",
	  .packet = "01ff03850000d268ea3317191f5dc90d86296bdb14b27dd5b8114104465f934c4a89e8b0dfa28bb2"
		"cba5207180b7a033cb9ed7a849aca243d7fce5724a0973b001d69ab03b6986a28aa1de83" },
	{ .suite = "aes256ccm12", .spi = 0x01af502a, .esn = false, .seq = 49075u, .next_header = 115,
	  .keymat = "71440761c16414e6ea97538625ac2639ed2faeb9e5a4b261a95146c3e9ee44e07331fa",
	  .iv = "5ea34f7ebc476be3",
	  .payload = "",
	  .packet = "01af502a0000bfb35ea34f7ebc476be305b2e22404016366122389768718f752" },
	{ .suite = "aes256ccm12", .spi = 0x0141a1f2, .esn = false, .seq = 60154u, .next_header = 0,
	  .keymat = "71440761c16414e6ea97538625ac2639ed2faeb9e5a4b261a95146c3e9ee44e07331fa",
	  .iv = "84f07409f1581b4d",
	  .payload = "ca6677cf3a28f992060ff89c0e",
	  .packet = "0141a1f20000eafa84f07409f1581b4d33cef2e6b89bf4186aef064eaf68e740a92891e25c1ce481"
		"a9a78377" },
	{ .suite = "aes256ccm12", .spi = 0x01583026, .esn = false, .seq = 44519u, .next_header = 115,
	  .keymat = "71440761c16414e6ea97538625ac2639ed2faeb9e5a4b261a95146c3e9ee44e07331fa",
	  .iv = "c4f562a5da3ed077",
	  .payload = "f8506781b0fc834f5b8bfde757dd724dfd2961af8cfc41e6005042cc3de246f998be9765aa5e8064"
		"d9a828dc1516fbcae101932befcd424d9c7e56773d57d693b85b3e94fd4363e13d518d55c7e1",
	  .packet = "015830260000ade7c4f562a5da3ed07766431f8631ffdb106340ce8edb6ccb0bf0ad28c348e8e726"
		"ef9d95460f69feb22ed2c3e814cc83ec0a5bbf36027caa5adeaf08c13eb57a61c0cfe99e47c0238e"
		"30e8f669077cdfc7a34fe895a76a21ac0c383a0ab96c30d46407593d" },
	{ .suite = "aes256ccm12", .spi = 0x014dc334, .esn = true, .seq = 5078326290923153565u, .next_header = 0,
	  .keymat = "71440761c16414e6ea97538625ac2639ed2faeb9e5a4b261a95146c3e9ee44e07331fa",
	  .iv = "bb97a8493f6eee9f",
	  .payload = "40e590bf38f799cbff00518e8f",
	  .packet = "014dc3340000689dbb97a8493f6eee9fe0b5723294857c691699cf70cd8697d6436969b8995a1a7c"
		"7a5c1ae9" },
	{ .suite = "aes256ccm12", .spi = 0x0122c1e4, .esn = true, .seq = 8770985837396513003u, .next_header = 115,
	  .keymat = "71440761c16414e6ea97538625ac2639ed2faeb9e5a4b261a95146c3e9ee44e07331fa",
	  .iv = "93047697d85dabc8",
	  .payload = "e6cf29532b1ecee01275387aaf7afa6be660ce8f546a861e3880ce573e2e8dcc442e1d3722f540a7",
	  .packet = "0122c1e4000050eb93047697d85dabc8a458a635cd0affcc2667fbe0fe32706785f05a13f5e8b103"
		"b6e62708904991e8f5dd0ec2dbc250aaf845df245691e7fe08f98837dd7f82ec" },
	{ .suite = "aes128ccm12", .spi = 0x014f1909, .esn = false, .seq = 34242u, .next_header = 115,
	  .keymat = "0f0c3cbd21730e87fa2362d5f592f87ca66b92",
	  .iv = "6c10d7956c60e3f5",
	  .payload = "",
	  .packet = "014f1909000085c26c10d7956c60e3f5efac8b7f68e43d93ee80173702b966d6" },
	{ .suite = "aes128ccm12", .spi = 0x01e90bfb, .esn = false, .seq = 61993u, .next_header = 0,
	  .keymat = "0f0c3cbd21730e87fa2362d5f592f87ca66b92",
	  .iv = "62afb8b974e6a821",
	  .payload = "3fa1a77afbcf9426211d305b91",
	  .packet = "01e90bfb0000f22962afb8b974e6a821c71beca26310dd48563ebabcdd86569b4dd579b98cebe773"
		"7ef467bc" },
	{ .suite = "aes128ccm12", .spi = 0x01055ad3, .esn = false, .seq = 10345u, .next_header = 115,
	  .keymat = "0f0c3cbd21730e87fa2362d5f592f87ca66b92",
	  .iv = "2d4bcfbb6e57af39",
	  .payload = "057b2db538cb50f407d9e83c85c9044359f81e2740d13c1f1f96bf59dd83a4baa1e347bb04b5c268"
		"29f15627a4baf0112548757c1b98fe65b778f7750037f0b31f04755ed4e2195280eff3cf8d00",
	  .packet = "01055ad3000028692d4bcfbb6e57af39f071f0cf1ab2dd5b40cd06769fd3484dac436b69c41105c4"
		"6c6691a14abc35f07bd38b0c7009417b7a8c18281e81271728d4b97923e61cf7396d98c50dcba771"
		"6002bab93e24be9c0f52a06ec668c9b746c2273807d0ee52c0ce7bc6" },
	{ .suite = "aes128ccm12", .spi = 0x01c132d8, .esn = true, .seq = 493398421261002119u, .next_header = 0,
	  .keymat = "0f0c3cbd21730e87fa2362d5f592f87ca66b92",
	  .iv = "76d15274e450693f",
	  .payload = "1847d6146a4808518b49f933a1",
	  .packet = "01c132d80000258776d15274e450693f0638b796074395658bf79039cea1daee78651352ee384eba"
		"662bd6d6" },
	{ .suite = "aes128ccm12", .spi = 0x0125efc3, .esn = true, .seq = 11374385598216289147u, .next_header = 115,
	  .keymat = "0f0c3cbd21730e87fa2362d5f592f87ca66b92",
	  .iv = "dc8925be0c87b2de",
	  .payload = "b9408e3ee8a34f98952c9bc08e40fd37a0cc78b1c0ae37e6dd071d82a59a909f3f46feef770b56ab",
	  .packet = "0125efc300003b7bdc8925be0c87b2de889c06772b0c32805625c81313a000750a14cde2ba330781"
		"2edad8b7ef3ecc117e06f5f5c4ab1118d873d786e360f91653baffb94a56f66d" },
	{ .suite = "aes256ccm8", .spi = 0x01abb280, .esn = false, .seq = 58040u, .next_header = 115,
	  .keymat = "0733821d8579e3d1894c19e69bb27f3f53084d871419d3552c67eb90a6f709403ee4ad",
	  .iv = "e6b4270843b387f3",
	  .payload = "",
	  .packet = "01abb2800000e2b8e6b4270843b387f391affaa24496a42115e204bd" },
	{ .suite = "aes256ccm8", .spi = 0x0127f753, .esn = false, .seq = 45390u, .next_header = 0,
	  .keymat = "0733821d8579e3d1894c19e69bb27f3f53084d871419d3552c67eb90a6f709403ee4ad",
	  .iv = "580b8cb45f9ac749",
	  .payload = "9ebb1155e3554307dd43131d96",
	  .packet = "0127f7530000b14e580b8cb45f9ac749dd6867172e2371f9225d349aa4a5c3f05651a39f2d873c64" },
	{ .suite = "aes256ccm8", .spi = 0x0127db40, .esn = false, .seq = 60693u, .next_header = 115,
	  .keymat = "0733821d8579e3d1894c19e69bb27f3f53084d871419d3552c67eb90a6f709403ee4ad",
	  .iv = "f8bbe2ca87f6d29c",
	  .payload = "35bd85e81ee75638b056dda60fe6e24b202c61ca9e32e8a3305e8d5b77ca554cc78c4165ebfcfc67"
		"15781c9247c506ab73c85ab62b467dc76c49f20e69b49430dbc9b58346a8da6eacaa4c991591",
	  .packet = "0127db400000ed15f8bbe2ca87f6d29ca11c7ae610ea7f0a457fc55eed1efbb033693d40ae07cac9"
		"1b5d0929daea1baadd58e81683dbfe14407ebacfbdcce0570ef0f5098d01b560807ec4132932da4a"
		"6eae98e27d1824e22081ee798f7b4c4d04135e8d26855c6a" },
	{ .suite = "aes256ccm8", .spi = 0x012befdb, .esn = true, .seq = 8229960343401545480u, .next_header = 0,
	  .keymat = "0733821d8579e3d1894c19e69bb27f3f53084d871419d3552c67eb90a6f709403ee4ad",
	  .iv = "07517335ef7e429d",
	  .payload = "a9889268a9d4bcb03473dad86b",
	  .packet = "012befdb00003f0807517335ef7e429da4bdad695908dc20780e99462ff41d581ecf08a75f71fbd5" },
	{ .suite = "aes256ccm8", .spi = 0x014f5eb4, .esn = true, .seq = 11380137865095726035u, .next_header = 115,
	  .keymat = "0733821d8579e3d1894c19e69bb27f3f53084d871419d3552c67eb90a6f709403ee4ad",
	  .iv = "7d9bff1b3015b0ba",
	  .payload = "50adb20663b3f3069dcdc563d294cbc936bee5e27963dfb8f364200909ec0e36a335a2c5d5fd44c0",
	  .packet = "014f5eb40000c3d37d9bff1b3015b0ba64159ef480b02570ab2215220ae1d91ce89a35377cafc950"
		"c29c4c76152ad702880a42ca6ad935d22067ac6ab69ad5c4c3b2f012" },
	{ .suite = "aes128ccm8", .spi = 0x018bfd91, .esn = false, .seq = 8822u, .next_header = 115,
	  .keymat = "7c249e6dfaa2022272abc8e57461a055658231",
	  .iv = "6e816431f94c6b58",
	  .payload = "",
	  .packet = "018bfd91000022766e816431f94c6b5856383c04f57acd2f40078135" },
	{ .suite = "aes128ccm8", .spi = 0x012b2c5d, .esn = false, .seq = 56121u, .next_header = 0,
	  .keymat = "7c249e6dfaa2022272abc8e57461a055658231",
	  .iv = "d7ab6265e0fbe55c",
	  .payload = "371dd40e33ab071869248bf9ac",
	  .packet = "012b2c5d0000db39d7ab6265e0fbe55cd421309fd755430c0fe2964b3f49ecb65da84f77a2ada798" },
	{ .suite = "aes128ccm8", .spi = 0x01addccd, .esn = false, .seq = 22151u, .next_header = 115,
	  .keymat = "7c249e6dfaa2022272abc8e57461a055658231",
	  .iv = "b7886ccbc39fa67e",
	  .payload = "073c935e7e55c4389bcc3a5a84c4301fa5b194e051e2ae8fd716d6357194f647afca6a48d1494e17"
		"7a887a5e4ba3c838308bd7e6e3573ea9c648b457b806b24a875a5bdbd3aa4296b8fcb277f86a",
	  .packet = "01addccd00005687b7886ccbc39fa67e8d5944c256e933ac4ae56ea447ee2e4a9c6952d51666b6a0"
		"5f280299417c58d149c7294ddd165718a6fcda3385010d83d8841b3424180b045c19361d9930378a"
		"5f64da0c1ff0740ca55b72948b410adf8d648a20efff0346" },
	{ .suite = "aes128ccm8", .spi = 0x01f54925, .esn = true, .seq = 8227720681165450718u, .next_header = 0,
	  .keymat = "7c249e6dfaa2022272abc8e57461a055658231",
	  .iv = "f7b0ee3bc45ef8ff",
	  .payload = "eac2d187b49a7fb9b8d74a4126",
	  .packet = "01f5492500006ddef7b0ee3bc45ef8ff53ed878ceb04a1d98d0448e4a21c853a4b7ceddf15f65be3" },
	{ .suite = "aes128ccm8", .spi = 0x01d3d42a, .esn = true, .seq = 8737654447343202910u, .next_header = 115,
	  .keymat = "7c249e6dfaa2022272abc8e57461a055658231",
	  .iv = "715f56df3fa092e4",
	  .payload = "e60503eef48e612d9c9097683d381aa29f1586ae19df1edc1ad65b9b84be4968a03111ed55eff6b4",
	  .packet = "01d3d42a0000f25e715f56df3fa092e445492362517158a1e7d6a3a1392503b740e5c1863796c8fb"
		"5f25c2936e4c218562b07f85c7be3d28a7581f193d41fb82a6c2a68c" },
	{ .suite = "aes256gmac", .spi = 0x01237e0f, .esn = false, .seq = 26296u, .next_header = 115,
	  .keymat = "1f82d55e128ac22946ef61f18e79329cf5f715cd3313d394cdb64a11dedc5a983333c48e",
	  .iv = "1384a56c2d195b15",
	  .payload = "",
	  .packet = "01237e0f000066b81384a56c2d195b1501020273f594dfc0c783d68facf7d63444be7e94" },
	{ .suite = "aes256gmac", .spi = 0x01846d6c, .esn = false, .seq = 21790u, .next_header = 0,
	  .keymat = "1f82d55e128ac22946ef61f18e79329cf5f715cd3313d394cdb64a11dedc5a983333c48e",
	  .iv = "717c6e0d36210161",
	  .payload = "1a0fe0312f8bfbfd219f86a6a2",
	  .packet = "01846d6c0000551e717c6e0d362101611a0fe0312f8bfbfd219f86a6a2010100e4b4c4744b2c4111"
		"9624d8a13508aa2e" },
	{ .suite = "aes256gmac", .spi = 0x01a2bf39, .esn = false, .seq = 11494u, .next_header = 115,
	  .keymat = "1f82d55e128ac22946ef61f18e79329cf5f715cd3313d394cdb64a11dedc5a983333c48e",
	  .iv = "cb12db3847ec07cc",
	  .payload = "61d26ed96d0ae330b355db211c7e8cd172e3381afb19f6cf6f3040764f658b1b20d7222def346770"
		"8007b569e48979388b0837fef6b9cc2f96d631134d4a96dddc650b8a1671cc20f3a88a3bbb87",
	  .packet = "01a2bf3900002ce6cb12db3847ec07cc61d26ed96d0ae330b355db211c7e8cd172e3381afb19f6cf"
		"6f3040764f658b1b20d7222def3467708007b569e48979388b0837fef6b9cc2f96d631134d4a96dd"
		"dc650b8a1671cc20f3a88a3bbb870073a9a16b22839724f5f84bd6cc5122f866" },
	{ .suite = "aes256gmac", .spi = 0x01d9262f, .esn = true, .seq = 17444074917552224681u, .next_header = 0,
	  .keymat = "1f82d55e128ac22946ef61f18e79329cf5f715cd3313d394cdb64a11dedc5a983333c48e",
	  .iv = "dcce08e7c1ea31bf",
	  .payload = "cbe236c51e503046dcbf86a446",
	  .packet = "01d9262f000079a9dcce08e7c1ea31bfcbe236c51e503046dcbf86a44601010037de6e791a67eef0"
		"af1a129c311746fc" },
	{ .suite = "aes256gmac", .spi = 0x01d618ba, .esn = true, .seq = 6891791796897092727u, .next_header = 115,
	  .keymat = "1f82d55e128ac22946ef61f18e79329cf5f715cd3313d394cdb64a11dedc5a983333c48e",
	  .iv = "c92c8af4e4317faf",
	  .payload = "c4f7a024bdc2cbecc0b71188c024654438c0471d5dbcf6346122f30d265ffaca6322f7c8f128c33d",
	  .packet = "01d618ba00009477c92c8af4e4317fafc4f7a024bdc2cbecc0b71188c024654438c0471d5dbcf634"
		"6122f30d265ffaca6322f7c8f128c33d01020273c7ddaefeca03865670a1306aab3fef48" },
	{ .suite = "aes128gmac", .spi = 0x011a3aba, .esn = false, .seq = 24381u, .next_header = 115,
	  .keymat = "64661a5ccc43218cd0034cb40d2cb13227890f41",
	  .iv = "fdd1dc2106d45fe1",
	  .payload = "",
	  .packet = "011a3aba00005f3dfdd1dc2106d45fe10102027325edf6d1e288ef5f6c12aedd9cb0cec8" },
	{ .suite = "aes128gmac", .spi = 0x0108f474, .esn = false, .seq = 44400u, .next_header = 0,
	  .keymat = "64661a5ccc43218cd0034cb40d2cb13227890f41",
	  .iv = "cb4cb4243616ba8c",
	  .payload = "701e0516fb6439007570b3dfa8",
	  .packet = "0108f4740000ad70cb4cb4243616ba8c701e0516fb6439007570b3dfa8010100066b0a382a373bee"
		"279d04dc3e4f3eb4" },
	{ .suite = "aes128gmac", .spi = 0x01437186, .esn = false, .seq = 21894u, .next_header = 115,
	  .keymat = "64661a5ccc43218cd0034cb40d2cb13227890f41",
	  .iv = "ee9a17ab4f7f83da",
	  .payload = "19d3901bb275bfbeece4aa6b477d4dd80ea9f03d5fa4a67f27a228cba33f5cb6ddff107f43ee0085"
		"2306725c3102a86f4d822cdf7e01e1a5f4b8bf4b137c4d15b9f53c476ed81088b10c6d4ddf54",
	  .packet = "0143718600005586ee9a17ab4f7f83da19d3901bb275bfbeece4aa6b477d4dd80ea9f03d5fa4a67f"
		"27a228cba33f5cb6ddff107f43ee00852306725c3102a86f4d822cdf7e01e1a5f4b8bf4b137c4d15"
		"b9f53c476ed81088b10c6d4ddf540073c9bf97d40c5060a7da95351aa495c172" },
	{ .suite = "aes128gmac", .spi = 0x0181d65c, .esn = true, .seq = 9968272610414307230u, .next_header = 0,
	  .keymat = "64661a5ccc43218cd0034cb40d2cb13227890f41",
	  .iv = "afc73c3c79c46067",
	  .payload = "09eb4102ceaa8938ecbcde2967",
	  .packet = "0181d65c0000279eafc73c3c79c4606709eb4102ceaa8938ecbcde296701010001b0a5c01fc55b4a"
		"ab58e3c1c949805e" },
	{ .suite = "aes128gmac", .spi = 0x01f7b0dd, .esn = true, .seq = 7799972449931503672u, .next_header = 115,
	  .keymat = "64661a5ccc43218cd0034cb40d2cb13227890f41",
	  .iv = "99e0585add9336e3",
	  .payload = "2c77b672dabd348ae99d8f6a1a502bc12e55ef0df2c61a54b1222e8e586142445bdda96bbe685803",
	  .packet = "01f7b0dd0000283899e0585add9336e32c77b672dabd348ae99d8f6a1a502bc12e55ef0df2c61a54"
		"b1222e8e586142445bdda96bbe6858030102027369f3b497173304b9749d784015f5fd02" },
	{ .suite = "chacha20poly1305", .spi = 0x019858d1, .esn = false, .seq = 12056u, .next_header = 115,
	  .keymat = "84ec37edba1e5aff8b06d9aef1519f3660dab695659856e4bf6ba0d14c5359517c3231f1",
	  .iv = "62b02e09d3c3fda4",
	  .payload = "",
	  .packet = "019858d100002f1862b02e09d3c3fda47a6e36a067117aceacdbd8eb969d46a4f3a26800" },
	{ .suite = "chacha20poly1305", .spi = 0x011825fe, .esn = false, .seq = 20182u, .next_header = 0,
	  .keymat = "84ec37edba1e5aff8b06d9aef1519f3660dab695659856e4bf6ba0d14c5359517c3231f1",
	  .iv = "57db89fa81b14e17",
	  .payload = "33a5026a2eb1f5fb9bf74fe8fb",
	  .packet = "011825fe00004ed657db89fa81b14e17261fdd3edc3da66795c202c52f2806f3843aab2edaa0a2ec"
		"395a04ba7fe7f569" },
	{ .suite = "chacha20poly1305", .spi = 0x0192e5ea, .esn = false, .seq = 40041u, .next_header = 115,
	  .keymat = "84ec37edba1e5aff8b06d9aef1519f3660dab695659856e4bf6ba0d14c5359517c3231f1",
	  .iv = "dcc76def281a3d7d",
	  .payload = "6031c27ef034a334f72e7a8f31806a0eb23e67e3cf781acb3349781f91e316e3c0da948e91a80867"
		"faa34be165b599f9db586a9eac70c69fdcddb34fc596d11b0de2af80589399fb5c5aaae25495",
	  .packet = "0192e5ea00009c69dcc76def281a3d7db2121dc1ae501bb1b8a7952d0c086ef4901299671cc97efe"
		"8119b6fe288c0eb4418d0c3aa6053bad4964783ef2062c1afd3cdbdbbf483afa315f89256d2391fc"
		"7d8602759ead6cb6219d8777bf8bdeb11daea6d4ac83d35626a12082d6a50ba2" },
	{ .suite = "chacha20poly1305", .spi = 0x01b26d52, .esn = true, .seq = 12765623696933047501u, .next_header = 0,
	  .keymat = "84ec37edba1e5aff8b06d9aef1519f3660dab695659856e4bf6ba0d14c5359517c3231f1",
	  .iv = "7d1ba5f710b1857c",
	  .payload = "1073bbb6c80093c8226fad5eee",
	  .packet = "01b26d520000cccd7d1ba5f710b1857cdea9271807c4c40621a2a5666fd22ea12ff052b5b1e1e7cb"
		"43ceb2c684f5d5d3" },
	{ .suite = "chacha20poly1305", .spi = 0x016bbcb7, .esn = true, .seq = 3170712026624345645u, .next_header = 115,
	  .keymat = "84ec37edba1e5aff8b06d9aef1519f3660dab695659856e4bf6ba0d14c5359517c3231f1",
	  .iv = "8c101aeefd9bd14b",
	  .payload = "314b9d8054674c55434759e67145979aa32ec4f715033379ec2b2cd8b1a12d6035c9504fff942213",
	  .packet = "016bbcb70000c62d8c101aeefd9bd14ba6bedb42dbd9a4c63c71fcb56fa02bf00a944e3223591171"
		"03ebd232c8823503d7caff9788f90a69d1b015c210210a4177ce0a95c8646da848ee1470" },
	{ .suite = "aes256-sha512", .spi = 0x0185ddcd, .esn = false, .seq = 45227u, .next_header = 115,
	  .keymat = "c43fe9d3554df5fee1859803f0b682eaa2ba713f98d510fd8514515bcbccd9b5e57163c62cd5fa56"
		"0eeec61ab4270cf5304b4660ccd2ca2ca5ad39d62166b8dcbae7b0ece0bbda066cc8fc6aa44ec6d2"
		"504a362db1dd7f90ca0b8d87955b075f",
	  .iv = "879914ca1f6a1c2e462b1337a9f502cc",
	  .payload = "",
	  .packet = "0185ddcd0000b0ab879914ca1f6a1c2e462b1337a9f502cccc12d4e572cf2476d1b8125a7e28d757"
		"7ce243638e93eeceeb401a4ac152d183c47d04cd5aa852eaabb7c9a6e12a770c" },
	{ .suite = "aes256-sha512", .spi = 0x01d89bd5, .esn = false, .seq = 39547u, .next_header = 0,
	  .keymat = "c43fe9d3554df5fee1859803f0b682eaa2ba713f98d510fd8514515bcbccd9b5e57163c62cd5fa56"
		"0eeec61ab4270cf5304b4660ccd2ca2ca5ad39d62166b8dcbae7b0ece0bbda066cc8fc6aa44ec6d2"
		"504a362db1dd7f90ca0b8d87955b075f",
	  .iv = "6efc282490c6f712ad4ef485e17b8c12",
	  .payload = "f43338dd623f82984ca7696927",
	  .packet = "01d89bd500009a7b6efc282490c6f712ad4ef485e17b8c125e24c016655b4dd9163e59f528c7fb9e"
		"e0e69c21eb334f80a39d0ee834b7a31a025513ab960549443772eb0c9a52f0fc" },
	{ .suite = "aes256-sha512", .spi = 0x01d988e3, .esn = false, .seq = 20987u, .next_header = 115,
	  .keymat = "c43fe9d3554df5fee1859803f0b682eaa2ba713f98d510fd8514515bcbccd9b5e57163c62cd5fa56"
		"0eeec61ab4270cf5304b4660ccd2ca2ca5ad39d62166b8dcbae7b0ece0bbda066cc8fc6aa44ec6d2"
		"504a362db1dd7f90ca0b8d87955b075f",
	  .iv = "70e0c9f2bb5c11387acf4baab9dc0341",
	  .payload = "fb8a878b0e7fe2bc8a3012941d9744dc493208cd7e8be071925e2667cbaa523a059036243b1b6399"
		"ce99d01c8b07fd72762754342d13a0696e9672b29f295a1024ddde0be65bfd8fe8d2913bfead",
	  .packet = "01d988e3000051fb70e0c9f2bb5c11387acf4baab9dc0341d6da2af3bbd97b938bba430895fe56d4"
		"24a14c4b770b3e9d88c31f6a7b806a368e2bd0d2ba3946cd97434343bfae89c0bee12b130fc5c66d"
		"c6477ce71d9dd558f2ce4886737732938d4d3fa3a0e88efe6f4a50a801ea68566ddd0ed90d8d2032"
		"83ebeba143885b8d523dbe32cbc164af" },
	{ .suite = "aes256-sha512", .spi = 0x01ef3a08, .esn = true, .seq = 14794692133054885113u, .next_header = 0,
	  .keymat = "c43fe9d3554df5fee1859803f0b682eaa2ba713f98d510fd8514515bcbccd9b5e57163c62cd5fa56"
		"0eeec61ab4270cf5304b4660ccd2ca2ca5ad39d62166b8dcbae7b0ece0bbda066cc8fc6aa44ec6d2"
		"504a362db1dd7f90ca0b8d87955b075f",
	  .iv = "669f8b00be554cb29d5d80c03fc9e81b",
	  .payload = "f7c19034fd1981c3599d5237e0",
	  .packet = "01ef3a080000acf9669f8b00be554cb29d5d80c03fc9e81b35f549456f2418e363deb6430eff44ba"
		"fd934055561a5141adc87a096c6294e8ee848fa93920de9edd38483fc89977b1" },
	{ .suite = "aes256-sha512", .spi = 0x01461713, .esn = true, .seq = 17977362568401929436u, .next_header = 115,
	  .keymat = "c43fe9d3554df5fee1859803f0b682eaa2ba713f98d510fd8514515bcbccd9b5e57163c62cd5fa56"
		"0eeec61ab4270cf5304b4660ccd2ca2ca5ad39d62166b8dcbae7b0ece0bbda066cc8fc6aa44ec6d2"
		"504a362db1dd7f90ca0b8d87955b075f",
	  .iv = "a5730ffd8c2ffab83f31c58e2944c0f1",
	  .payload = "0873b4478ff7347eafe22e1e93fdd4c5fe3107b512b3d6e0276932dcadb77112d2ab6e55950d0ce0",
	  .packet = "01461713000044dca5730ffd8c2ffab83f31c58e2944c0f1471827bd5b6f8092a00a412794b37bac"
		"9879d8c284c5a4d2cd29c2cfb3d214f017538e71bfe30bcc36a8aadcf2d38019e8721b2158d434ac"
		"60dcddcfda5e643fa5dd3bbba1ee249eecb1c5868d0af62f" },
	{ .suite = "aes256-sha384", .spi = 0x01a487cb, .esn = false, .seq = 45266u, .next_header = 115,
	  .keymat = "cdec19337caa84c467e48b6141cce4a3a532a7c4dc3fb5f111c5e04cf66fee44b050fa267e04be2b"
		"df33eb784e0086c2a218053e5ecbb613c463a5aea30d52d072c0f9656cf839f5987ffdcb74ce2496",
	  .iv = "32bab09e9c69d837abc1ad8e77b1ceb8",
	  .payload = "",
	  .packet = "01a487cb0000b0d232bab09e9c69d837abc1ad8e77b1ceb8416271e44dd225c8110eb4668d895769"
		"9ca079335fd9218a22ba540fc395ae02b41254e1de49de3f" },
	{ .suite = "aes256-sha384", .spi = 0x01c9f234, .esn = false, .seq = 56112u, .next_header = 0,
	  .keymat = "cdec19337caa84c467e48b6141cce4a3a532a7c4dc3fb5f111c5e04cf66fee44b050fa267e04be2b"
		"df33eb784e0086c2a218053e5ecbb613c463a5aea30d52d072c0f9656cf839f5987ffdcb74ce2496",
	  .iv = "2eb49c5ac0c1e40f6b56056ff1c5f511",
	  .payload = "5b80d5bf4f07fdcae6059d6359",
	  .packet = "01c9f2340000db302eb49c5ac0c1e40f6b56056ff1c5f511a90acedd0728c05480ec089caa3c9d8d"
		"e1c23bbe74d523826d3ba7f529a93075d8ca6a7ab3a7daaa" },
	{ .suite = "aes256-sha384", .spi = 0x01f0273c, .esn = false, .seq = 59316u, .next_header = 115,
	  .keymat = "cdec19337caa84c467e48b6141cce4a3a532a7c4dc3fb5f111c5e04cf66fee44b050fa267e04be2b"
		"df33eb784e0086c2a218053e5ecbb613c463a5aea30d52d072c0f9656cf839f5987ffdcb74ce2496",
	  .iv = "fe53b17a5ea10c70c6cab975e66fa476",
	  .payload = "232934f5cd6e73462a105679b2e85dd6fe4c04bdf197d3af4d0b9566f914ceaa1446ad703ed078e5"
		"0c2284dba55388172da732ed114c2dffe585cbd6f81b8d18cce879a74441a86e140248107e28",
	  .packet = "01f0273c0000e7b4fe53b17a5ea10c70c6cab975e66fa476cdc26c682cd4856c2d734c2a4999d55e"
		"0138d3bf1c0b22390c253f6ac134523eb72942da4ecb0447e7583926c3c26f8b64b623ca92a68823"
		"caf0c84a33f5fa4a2965b8b0c6fc925923f5e2298240ce1e2a98fb502fa73147fb9c28dc27d99d06"
		"4a155e6cdb2e847c" },
	{ .suite = "aes256-sha384", .spi = 0x013f82a0, .esn = true, .seq = 1022725300514995283u, .next_header = 0,
	  .keymat = "cdec19337caa84c467e48b6141cce4a3a532a7c4dc3fb5f111c5e04cf66fee44b050fa267e04be2b"
		"df33eb784e0086c2a218053e5ecbb613c463a5aea30d52d072c0f9656cf839f5987ffdcb74ce2496",
	  .iv = "a31034283409ab8973852ff5bef19faf",
	  .payload = "7e3815c774c7bf844a526aaf69",
	  .packet = "013f82a000003c53a31034283409ab8973852ff5bef19fafa54c1d5562ae5340bde178163dfc675d"
		"9d2a439a4f45b8b3cff9939f3466818e1221eb1279bba678" },
	{ .suite = "aes256-sha384", .spi = 0x0183c3d0, .esn = true, .seq = 7488583369601604131u, .next_header = 115,
	  .keymat = "cdec19337caa84c467e48b6141cce4a3a532a7c4dc3fb5f111c5e04cf66fee44b050fa267e04be2b"
		"df33eb784e0086c2a218053e5ecbb613c463a5aea30d52d072c0f9656cf839f5987ffdcb74ce2496",
	  .iv = "b857e6fd5284f9b420a3231a5049a36a",
	  .payload = "ded653199900f1e9f0a4fe7c113ada08f1ffc4b8d7fc383afa3a549b4250f1f273e45d7dac813df3",
	  .packet = "0183c3d000005a23b857e6fd5284f9b420a3231a5049a36a51859109bfbb4a65e581a3391817e645"
		"1136e007c28affd0e7d7fed78e5da02a6151648ff7efc27d8c6c371532db150757387a9eaaba6c96"
		"2d28b6dbac48d3985e25a4bd789b9b0d" },
	{ .suite = "aes256-xcbc", .spi = 0x01abd56f, .esn = false, .seq = 56733u, .next_header = 115,
	  .keymat = "0a1528c9ab204ddc80fcfca18a9f1b4a32558adf631e53c9a2f709073cdedd8b47648112b1287223"
		"924d78ad25c71562",
	  .iv = "022abc1a94080cf717366455bb70cf32",
	  .payload = "",
	  .packet = "01abd56f0000dd9d022abc1a94080cf717366455bb70cf3265299fa38ea3175c0f5ea0d319be258e"
		"f57ac12af301995b50dd0d31" },
	{ .suite = "aes256-xcbc", .spi = 0x015c1376, .esn = false, .seq = 59521u, .next_header = 0,
	  .keymat = "0a1528c9ab204ddc80fcfca18a9f1b4a32558adf631e53c9a2f709073cdedd8b47648112b1287223"
		"924d78ad25c71562",
	  .iv = "f91c59539680557dbea6722f69a33668",
	  .payload = "fd5fda8fb762b78552f93b1da8",
	  .packet = "015c13760000e881f91c59539680557dbea6722f69a336686c0bd558f645719ee3defd8ea6c02ce4"
		"c0bcbab02f11b818f4f253ec" },
	{ .suite = "aes256-xcbc", .spi = 0x01f81b33, .esn = false, .seq = 40351u, .next_header = 115,
	  .keymat = "0a1528c9ab204ddc80fcfca18a9f1b4a32558adf631e53c9a2f709073cdedd8b47648112b1287223"
		"924d78ad25c71562",
	  .iv = "8e2d29d35768051195bbe4e86f955577",
	  .payload = "28ae3cdc5bdaf36f557990630a7b069b2eed36e30a2028b7c2fc5eaa62e134d28b93bdd46d133f17"
		"8f67299ae7cf6e80ab27ae583cd3d8a20c3ea536ecc908f300b96e716960226088532b5d6748",
	  .packet = "01f81b3300009d9f8e2d29d35768051195bbe4e86f95557795b76fd9ecc94967da988c7e68b09a8a"
		"4b41350a3578da9eff7d09a01bf0b0fb32d18d74b278a9174536f82a21cb8252741e4e324de06f8f"
		"49f99aa556e807bcea940cf7a3c949de306f3a7b03e3192a2b16dc689ee3343dd7867dc8" },
	{ .suite = "aes256-xcbc", .spi = 0x01152c19, .esn = true, .seq = 16324154180711274617u, .next_header = 0,
	  .keymat = "0a1528c9ab204ddc80fcfca18a9f1b4a32558adf631e53c9a2f709073cdedd8b47648112b1287223"
		"924d78ad25c71562",
	  .iv = "93c46942183de998c4543d8f31ed116a",
	  .payload = "b252eb63ffb577abcbaca675a9",
	  .packet = "01152c190000d87993c46942183de998c4543d8f31ed116a543ecca02e6e77aadfa0957ec0d98e12"
		"36dab4817e95f9652417fe2c" },
	{ .suite = "aes256-xcbc", .spi = 0x013792ed, .esn = true, .seq = 2971234491059674056u, .next_header = 115,
	  .keymat = "0a1528c9ab204ddc80fcfca18a9f1b4a32558adf631e53c9a2f709073cdedd8b47648112b1287223"
		"924d78ad25c71562",
	  .iv = "73d1e0e186d1aef4377f2d15cadc5b44",
	  .payload = "e182894c2d229a6522176b8dae41598bfc8976c72320e23889191305698ab0212504f832c3237098",
	  .packet = "013792ed00001bc873d1e0e186d1aef4377f2d15cadc5b44380ee03452d3790f76cdc13f92727ff7"
		"bd6033b46f69062057dddf61dd910cdfc9701df3d8088b548eb82febc9a4f83681fff01f27b5c42f"
		"40aafef3" },
	{ .suite = "aes256-cmac", .spi = 0x0199c0cf, .esn = false, .seq = 63357u, .next_header = 115,
	  .keymat = "f4f8c01667b3d60fa313fe30c3cf72040b93e1d6ae1c9f4d01198aa8642a715ac2dba0bdd92ba0dc"
		"c66fe1cf7ecff90e",
	  .iv = "d6367ec57a5083b2124b98737f5ee859",
	  .payload = "",
	  .packet = "0199c0cf0000f77dd6367ec57a5083b2124b98737f5ee859ed52e6446ea6c2570f686c953ba53da2"
		"9cce6664e2d897da4edac6b7" },
	{ .suite = "aes256-cmac", .spi = 0x01c26227, .esn = false, .seq = 49058u, .next_header = 0,
	  .keymat = "f4f8c01667b3d60fa313fe30c3cf72040b93e1d6ae1c9f4d01198aa8642a715ac2dba0bdd92ba0dc"
		"c66fe1cf7ecff90e",
	  .iv = "6b2474fe5bb4f5691c44759f86cea31e",
	  .payload = "f6a03085f5ab556855f764154b",
	  .packet = "01c262270000bfa26b2474fe5bb4f5691c44759f86cea31eb0966000f79a35f934b1bc0b8e649884"
		"b5b4f154cd5364ab523801f6" },
	{ .suite = "aes256-cmac", .spi = 0x0133b36f, .esn = false, .seq = 16303u, .next_header = 115,
	  .keymat = "f4f8c01667b3d60fa313fe30c3cf72040b93e1d6ae1c9f4d01198aa8642a715ac2dba0bdd92ba0dc"
		"c66fe1cf7ecff90e",
	  .iv = "b8d0cdd9efd9af4b5decaae6bfac53e3",
	  .payload = "0a211264a4610ebf832a01d6d261412da5d2f424b16d1017fe8390700dbd13d17a034812c099263a"
		"ba2cc52c2610c84893f96f313a60f8d46788de9c9e6a114d701cf54ead1de588ab6f0a78bc4c",
	  .packet = "0133b36f00003fafb8d0cdd9efd9af4b5decaae6bfac53e327c1f5df15515179a7e5e20a449c1bb4"
		"584a81978dd435dd56193767bb29483a32740d6e85f157ce4e5649511683e88971d38cf47a732eb4"
		"3cae6891ae9672d61353dd2b379c0cb9c7703bd9ecab98e5c12290009cf778768328ed89" },
	{ .suite = "aes256-cmac", .spi = 0x01689afa, .esn = true, .seq = 14665944148985548853u, .next_header = 0,
	  .keymat = "f4f8c01667b3d60fa313fe30c3cf72040b93e1d6ae1c9f4d01198aa8642a715ac2dba0bdd92ba0dc"
		"c66fe1cf7ecff90e",
	  .iv = "7461c3c54f59dad96b58eec36f4ad587",
	  .payload = "f6fa59601ca5e813f2993d32a4",
	  .packet = "01689afa000090357461c3c54f59dad96b58eec36f4ad5875d5640ad7a71aba4343a81d5718b2b4b"
		"8e0b4b2ec873973309052e66" },
	{ .suite = "aes256-cmac", .spi = 0x012a3b89, .esn = true, .seq = 1160209703330957758u, .next_header = 115,
	  .keymat = "f4f8c01667b3d60fa313fe30c3cf72040b93e1d6ae1c9f4d01198aa8642a715ac2dba0bdd92ba0dc"
		"c66fe1cf7ecff90e",
	  .iv = "44e1d78e7b5e1f03c428eb5da3cd8851",
	  .payload = "c3f6ed211d8b642ce41011e51b96cd7016fc221821a6749fd599d6bd39cae1bee618412dd059ae96",
	  .packet = "012a3b890000c9be44e1d78e7b5e1f03c428eb5da3cd885100ac8fd11503fbfa55d406cd71787ffc"
		"d904fe23f51741b3cb0662f2dd797bca5906400dd2efcbb885400a7fb60565e75ea8b1582e841c73"
		"73bd71e6" },
	{ .suite = "aes256-md5", .spi = 0x01ae74fa, .esn = false, .seq = 64270u, .next_header = 115,
	  .keymat = "601d351edcd8ed59b0594ed39d9063faa61c71828c59280df63c506b0509e5c0e790f6ea46894ed5"
		"7a8a77dd17baf3ca",
	  .iv = "dc47e373824e884c3a050cbf69b058e5",
	  .payload = "",
	  .packet = "01ae74fa0000fb0edc47e373824e884c3a050cbf69b058e54f4b9cbbcaf1eaac1f9d5596fc31c6dd"
		"851c20a3d0118febb950757b" },
	{ .suite = "aes256-md5", .spi = 0x0166b108, .esn = false, .seq = 19749u, .next_header = 0,
	  .keymat = "601d351edcd8ed59b0594ed39d9063faa61c71828c59280df63c506b0509e5c0e790f6ea46894ed5"
		"7a8a77dd17baf3ca",
	  .iv = "9723c4a25a72cd1f17711ecb6723b595",
	  .payload = "c162dabda977f763ec18017010",
	  .packet = "0166b10800004d259723c4a25a72cd1f17711ecb6723b59531b78d4f2e987eabee763057e82b831c"
		"54bedac625e49172d1a0d048" },
	{ .suite = "aes256-md5", .spi = 0x015ee658, .esn = false, .seq = 14481u, .next_header = 115,
	  .keymat = "601d351edcd8ed59b0594ed39d9063faa61c71828c59280df63c506b0509e5c0e790f6ea46894ed5"
		"7a8a77dd17baf3ca",
	  .iv = "2fab8b7450aeb941a417052d7e8b3475",
	  .payload = "53dc068c3fdf193c766179b0cf4709404fc5b1b2f2e2c45ae4adf4be7fd6ce631064666eee2cd26a"
		"b92f18ef42ef8c69e075959b318fbc3afb118815bd4585a5cfd6c959afe714ee9a7dd4fc49b2",
	  .packet = "015ee658000038912fab8b7450aeb941a417052d7e8b3475f632fd9945fbaa5a7271269992c7088b"
		"d0a0a60eb04a9bf5e27970f2197502768f40dedea2b931ac3aad6c3fea5654c48b04aa1d912a505e"
		"1438c055e6a9f4e89f84608feb1779cb37fa0ed3362f420180505b9be05a1fb28e228492" },
	{ .suite = "aes256-md5", .spi = 0x0165f29f, .esn = true, .seq = 9562854399483623448u, .next_header = 0,
	  .keymat = "601d351edcd8ed59b0594ed39d9063faa61c71828c59280df63c506b0509e5c0e790f6ea46894ed5"
		"7a8a77dd17baf3ca",
	  .iv = "ec5862873bdc25f3bc80d50748a56f9f",
	  .payload = "ba1d8f316e4bfb3127e6b09cc9",
	  .packet = "0165f29f0000b818ec5862873bdc25f3bc80d50748a56f9fe02abe62a4d57d2bcd934ba50f0c8b4b"
		"160292c9e6a0f6494b353fa5" },
	{ .suite = "aes256-md5", .spi = 0x01390ee2, .esn = true, .seq = 9527375169299957036u, .next_header = 115,
	  .keymat = "601d351edcd8ed59b0594ed39d9063faa61c71828c59280df63c506b0509e5c0e790f6ea46894ed5"
		"7a8a77dd17baf3ca",
	  .iv = "4e11cf0316aa3464a37af2a9d25bb96d",
	  .payload = "789cd78bc4e7eef29c2ee450ffd6311909e25f6a08eb623a16bc9e9af36724b4046ca4682a3cd210",
	  .packet = "01390ee20000452c4e11cf0316aa3464a37af2a9d25bb96db2050eb37899dce937e91d333bc71161"
		"09fda1c90adffe7af1078139e01f3e0efb12d674a4777dfd6f638c965386804cdb33b5e197238af5"
		"e3b5cb39" },
	{ .suite = "aes128-sha512", .spi = 0x018cf973, .esn = false, .seq = 33949u, .next_header = 115,
	  .keymat = "ecadfdaa6a6f39c00beddbe94d899ff5887f44f619479c1314bad58b41fc742deb30e55a0f1ed28c"
		"40b888000290765c22cb2f3d726c52262f2776579890a6d9cb3301cbb0a4126228280f78b05f5e7e",
	  .iv = "75ed53ff3dd5dfadfc2d278822cf85a8",
	  .payload = "",
	  .packet = "018cf9730000849d75ed53ff3dd5dfadfc2d278822cf85a87d03dd7e23345c0831f448989603ce6d"
		"14df0da2cb2618c64aacd8b1f6b8bb89593f4a73a02fbb995560e312a75e9363" },
	{ .suite = "aes128-sha512", .spi = 0x01de50b9, .esn = false, .seq = 39180u, .next_header = 0,
	  .keymat = "ecadfdaa6a6f39c00beddbe94d899ff5887f44f619479c1314bad58b41fc742deb30e55a0f1ed28c"
		"40b888000290765c22cb2f3d726c52262f2776579890a6d9cb3301cbb0a4126228280f78b05f5e7e",
	  .iv = "5418be475b7f3826adf2f4f3a0b24fe3",
	  .payload = "94c398564d097d9d81ed616131",
	  .packet = "01de50b90000990c5418be475b7f3826adf2f4f3a0b24fe38194f1b046a70231d487382e34c41d71"
		"70f5430429f51743f453519d777579474e26cabf148a5179b2a8f61f698dbf69" },
	{ .suite = "aes128-sha512", .spi = 0x014aa5a9, .esn = false, .seq = 62350u, .next_header = 115,
	  .keymat = "ecadfdaa6a6f39c00beddbe94d899ff5887f44f619479c1314bad58b41fc742deb30e55a0f1ed28c"
		"40b888000290765c22cb2f3d726c52262f2776579890a6d9cb3301cbb0a4126228280f78b05f5e7e",
	  .iv = "cdaf5f61df221ac8b2a77d4a4ca21caf",
	  .payload = "3a46d27b8d732d0b19ebc2365d71e1f1c445a32b3e6e9492995105dbce728b1ce65e0b0090e40e85"
		"0ae18fd1c3f4c1b2d896bf4a43b2a5db98be7c7eead76ec4103e71cbd12486fb612a029976ed",
	  .packet = "014aa5a90000f38ecdaf5f61df221ac8b2a77d4a4ca21caf84d0bf3069eca3dc788e7d0839381f12"
		"7d41c04b1e323b5b7b6a4573cddd201f888288173df598302bd355aa265740ba7455df971de8b51b"
		"d18699a367d5726ba118d519c82bebb6fbaacb53e9ec361491390f6deed9f4405f1543630c628523"
		"593a3d8ada34b15cb313f69bd13b9194" },
	{ .suite = "aes128-sha512", .spi = 0x01cd8ab2, .esn = true, .seq = 12093853583062122656u, .next_header = 0,
	  .keymat = "ecadfdaa6a6f39c00beddbe94d899ff5887f44f619479c1314bad58b41fc742deb30e55a0f1ed28c"
		"40b888000290765c22cb2f3d726c52262f2776579890a6d9cb3301cbb0a4126228280f78b05f5e7e",
	  .iv = "37341bb513e99c0ea4e70a022f16b98d",
	  .payload = "f946c8e803527f323b72adff2e",
	  .packet = "01cd8ab20000c0a037341bb513e99c0ea4e70a022f16b98d2b3530e6188fc727c42865b8008d6f01"
		"2a710938ad9b1e940e61ac55ce58b8f4f3644d570978ef8a9743d0a9a028b189" },
	{ .suite = "aes128-sha512", .spi = 0x01498239, .esn = true, .seq = 11605212551046021556u, .next_header = 115,
	  .keymat = "ecadfdaa6a6f39c00beddbe94d899ff5887f44f619479c1314bad58b41fc742deb30e55a0f1ed28c"
		"40b888000290765c22cb2f3d726c52262f2776579890a6d9cb3301cbb0a4126228280f78b05f5e7e",
	  .iv = "f0728fd00a6b9f42b5b52eae7be17a8a",
	  .payload = "8388889f7e7a212716d595ff7a688995dbab00316d171c3d2e10fb32cb1fc31c6a60f4de60cdbf15",
	  .packet = "014982390000c1b4f0728fd00a6b9f42b5b52eae7be17a8acf295699efc53ea295091e45f0acb7ac"
		"c9d11aff9f5cc29b3f1549abc7168f247f24e580cfcb852269026347c0349eafa11b3402239f8490"
		"cabfba8b77a6537549549127a205797d55923f8d36325aa3" },
	{ .suite = "aes128-sha384", .spi = 0x01fbc8a3, .esn = false, .seq = 44035u, .next_header = 115,
	  .keymat = "f8e95e43b1135ce8e9dabac7f17f54dec6e6b529af92d372ce6f551f9cb721e2c2c5399b869ef548"
		"3b9cad878d9f7067eda7654b6d538593b88bf12388bee246",
	  .iv = "0e7765f5f3a7462f53b5d610fd8689ad",
	  .payload = "",
	  .packet = "01fbc8a30000ac030e7765f5f3a7462f53b5d610fd8689ad1b2d4100a952b53fb4a002b1b2ce199b"
		"ba3cd89eb2a439c3dd9575ed773ea4910c80336851554879" },
	{ .suite = "aes128-sha384", .spi = 0x0119157b, .esn = false, .seq = 10511u, .next_header = 0,
	  .keymat = "f8e95e43b1135ce8e9dabac7f17f54dec6e6b529af92d372ce6f551f9cb721e2c2c5399b869ef548"
		"3b9cad878d9f7067eda7654b6d538593b88bf12388bee246",
	  .iv = "4835d2a916151f3e42275fcf4b2e47d8",
	  .payload = "64b1022207be6a0908b6e07674",
	  .packet = "0119157b0000290f4835d2a916151f3e42275fcf4b2e47d8732ecd552a44a0f506bb861e5ffcb15b"
		"426eef67a7c9da611ed298c927edcfb331f507d49422b4f1" },
	{ .suite = "aes128-sha384", .spi = 0x014f66f2, .esn = false, .seq = 19778u, .next_header = 115,
	  .keymat = "f8e95e43b1135ce8e9dabac7f17f54dec6e6b529af92d372ce6f551f9cb721e2c2c5399b869ef548"
		"3b9cad878d9f7067eda7654b6d538593b88bf12388bee246",
	  .iv = "63a97ab83911d16f74e6fee5aa4d40cd",
	  .payload = "7656919a92d208fc71ff62fd6cebdb5edb08c343c38c4d3eee35fdc694494b4002f8f9248c36a802"
		"a2144e334c1f15ea12912fadb8e1957e5ce303af43a5ece6c383f9557d80bd299204794bdf24",
	  .packet = "014f66f200004d4263a97ab83911d16f74e6fee5aa4d40cd3de31832fcfbb972f76eae1384c8c186"
		"634b5aeaed9f874975ffba868c0d156db923a70e2cf6056be59b70c3aede5f8774ff96836f5f8d66"
		"23f66d9af453604caeff9b7b91f65581746168bd56b4da893fb3188f37576a62fd64fa4ea35c2523"
		"265180fe9a5310b2" },
	{ .suite = "aes128-sha384", .spi = 0x01cc1701, .esn = true, .seq = 3336445387123755058u, .next_header = 0,
	  .keymat = "f8e95e43b1135ce8e9dabac7f17f54dec6e6b529af92d372ce6f551f9cb721e2c2c5399b869ef548"
		"3b9cad878d9f7067eda7654b6d538593b88bf12388bee246",
	  .iv = "9a9ffd915db93265cfb276f65836ca01",
	  .payload = "6a11fd21cf5646cc3097aa0156",
	  .packet = "01cc1701000088329a9ffd915db93265cfb276f65836ca01c18cc506cd95bfb5476c8e55998d09da"
		"edfea89edf1526045b230bc9f7b97d057c04e275fe8bf9ab" },
	{ .suite = "aes128-sha384", .spi = 0x0158000a, .esn = true, .seq = 8979330509037417905u, .next_header = 115,
	  .keymat = "f8e95e43b1135ce8e9dabac7f17f54dec6e6b529af92d372ce6f551f9cb721e2c2c5399b869ef548"
		"3b9cad878d9f7067eda7654b6d538593b88bf12388bee246",
	  .iv = "58b64b763c865270475adb5f707c4e36",
	  .payload = "4dce1ccd0f1242011262d173563dc7cecc15e218c38711160db8ec64be93bc1e4cad535494ddc3cd",
	  .packet = "0158000a0000b5b158b64b763c865270475adb5f707c4e367abb75b9f8a3b37023182e01daa982c1"
		"1b0ce2c200e16741a1943ef7cd620a6866b2e58f5be05e42fb80b63f744de270f182bf543b601cc0"
		"94756e835c3c48f8964ccbb1a98e61e7" },
	{ .suite = "aes128-xcbc", .spi = 0x0138fbea, .esn = false, .seq = 25728u, .next_header = 115,
	  .keymat = "33dcac2d0420e3557c495006a1ef787678c90e8398360f280bd4883c2a2d79ab",
	  .iv = "2f105dd065a48302a98d52d44f6dca2e",
	  .payload = "",
	  .packet = "0138fbea000064802f105dd065a48302a98d52d44f6dca2ef9b0fa30f1190d37f227417264869bf4"
		"319f556476e505c103a56a80" },
	{ .suite = "aes128-xcbc", .spi = 0x016c2d9a, .esn = false, .seq = 42148u, .next_header = 0,
	  .keymat = "33dcac2d0420e3557c495006a1ef787678c90e8398360f280bd4883c2a2d79ab",
	  .iv = "3506a6b9245c3b3d5fed050598dc0729",
	  .payload = "490bfcb6d7474cc6b3f7623cf5",
	  .packet = "016c2d9a0000a4a43506a6b9245c3b3d5fed050598dc07297018e1a8bd38d3a5d28e7796a1b282b9"
		"35e85ede876d09deb690854f" },
	{ .suite = "aes128-xcbc", .spi = 0x01caf018, .esn = false, .seq = 5348u, .next_header = 115,
	  .keymat = "33dcac2d0420e3557c495006a1ef787678c90e8398360f280bd4883c2a2d79ab",
	  .iv = "c212939b205ace0a858ecf05f4cd2359",
	  .payload = "e900dc55dc18128e63cbcf515414c977bd68d6931fd06e855173a539141c93a150b7ef03f10770a5"
		"234ba1a60bd0e04e11a3cc73576bce504be107cec7b36bfeb420aa7eb2411bc2ac49676bf5a9",
	  .packet = "01caf018000014e4c212939b205ace0a858ecf05f4cd2359c170d9db9bb5309ea37e642bbbc71820"
		"53487a872839432f5ef552381d7466f2d18d5b4b184ff78dba35a502831073547dca960e587de5aa"
		"ed5657c702fc664cf28260db3ac2d67e2ff2ee7e61557fafdb68965a62d2e63c72893f34" },
	{ .suite = "aes128-xcbc", .spi = 0x01bbe3b0, .esn = true, .seq = 3010314089248345982u, .next_header = 0,
	  .keymat = "33dcac2d0420e3557c495006a1ef787678c90e8398360f280bd4883c2a2d79ab",
	  .iv = "673ce8b9605b1460441c886cb20b53f8",
	  .payload = "49f0369757bff5e7be152fa829",
	  .packet = "01bbe3b000004f7e673ce8b9605b1460441c886cb20b53f871aec0ec4f645554fe69608f877bfdf6"
		"80ddca77f35ab89296cebbf3" },
	{ .suite = "aes128-xcbc", .spi = 0x01904576, .esn = true, .seq = 6197155217012687150u, .next_header = 115,
	  .keymat = "33dcac2d0420e3557c495006a1ef787678c90e8398360f280bd4883c2a2d79ab",
	  .iv = "a5dba064e737110ccc01616704a1058a",
	  .payload = "d6419389fdda5e55bdf4baa396e0498118d58f375d64d159db6b9e69fd1345240598c00e71445523",
	  .packet = "019045760000012ea5dba064e737110ccc01616704a1058a9530c8924d8b17eb9a6175d0746dd58a"
		"86321d1c2ce1b243da179eff5629419af1bc902c395d96de60b6a9169f7dd4935fa0e205b241e0b6"
		"596a2ced" },
	{ .suite = "aes128-cmac", .spi = 0x019b41ac, .esn = false, .seq = 961u, .next_header = 115,
	  .keymat = "acd8be85fa414411b117e882a8cde561ee157ce0cf2a4a951ff52d69286aa930",
	  .iv = "62fc253f1c8f59afbd57a279948ddf87",
	  .payload = "",
	  .packet = "019b41ac000003c162fc253f1c8f59afbd57a279948ddf8749da31519b656b8542b2f073d6064cd9"
		"b39bea9a44afe1e204aa9f2e" },
	{ .suite = "aes128-cmac", .spi = 0x0101f37e, .esn = false, .seq = 1877u, .next_header = 0,
	  .keymat = "acd8be85fa414411b117e882a8cde561ee157ce0cf2a4a951ff52d69286aa930",
	  .iv = "d252112c35c9a56fdc86983a11045afe",
	  .payload = "6f3d01c921199a91907ea5b40e",
	  .packet = "0101f37e00000755d252112c35c9a56fdc86983a11045afe6b1dc139aed0a6c08a5497d6ee9b1781"
		"385d70190d2600eb9ad5c819" },
	{ .suite = "aes128-cmac", .spi = 0x014f628b, .esn = false, .seq = 25812u, .next_header = 115,
	  .keymat = "acd8be85fa414411b117e882a8cde561ee157ce0cf2a4a951ff52d69286aa930",
	  .iv = "6f195977ac328a838f7eb7197a22b6a0",
	  .payload = "27633dd95654e60575c6b683775c4feacdd928b942883173c12ec4caea8034f8fc31ca6c764146e2"
		"68de1b74a15a71bd5dee5b2e05ad4298187240e698770fd06845905ebb55f46cf8390b624d74",
	  .packet = "014f628b000064d46f195977ac328a838f7eb7197a22b6a0b35e65fff647b61674a1108dfe923b2b"
		"b56147e44152f1aada4ee35ff1071466fc5bf165259549c98cb809a276bb8785378846bb15178723"
		"12118261aeead9a53404ad41a13d0659e6abd1f293ab4c321e7256a28a66060fff7aed6c" },
	{ .suite = "aes128-cmac", .spi = 0x01452dcb, .esn = true, .seq = 10513631829490184737u, .next_header = 0,
	  .keymat = "acd8be85fa414411b117e882a8cde561ee157ce0cf2a4a951ff52d69286aa930",
	  .iv = "d26f9d185ca21c7411fdc4f2653da479",
	  .payload = "00c6793447c93e57953f5327e8",
	  .packet = "01452dcb0000b221d26f9d185ca21c7411fdc4f2653da479a467fcf0b979c5d73eb92791ecb11979"
		"0c65145d6088762695a49288" },
	{ .suite = "aes128-cmac", .spi = 0x018f333d, .esn = true, .seq = 4154580577623795411u, .next_header = 115,
	  .keymat = "acd8be85fa414411b117e882a8cde561ee157ce0cf2a4a951ff52d69286aa930",
	  .iv = "90fca71a4ccf7ee8225fbff8dfc5697b",
	  .payload = "6d1914a7bf2391791dc25d51ecd319eefee1acd2a1324e6861e1c12e15d95cb9cfb96cb932429f63",
	  .packet = "018f333d0000e6d390fca71a4ccf7ee8225fbff8dfc5697b35029aa82212d014079c1778e2b39e51"
		"bb511280c5d78042e20f5ac3100205dcaface7f6e91ae542e67ec659aeddf18a59b1ff131318df30"
		"3afd3cbe" },
	{ .suite = "aes128-md5", .spi = 0x018339c1, .esn = false, .seq = 47118u, .next_header = 115,
	  .keymat = "a7b27acde2349595f1bacc5d10fc5a30f8d597f943c8d05a019f7102c93f77ec",
	  .iv = "fb9d95c73d3341d2a0cfee751505dd27",
	  .payload = "",
	  .packet = "018339c10000b80efb9d95c73d3341d2a0cfee751505dd27e917d51d7e11ece1abc695cd05455d5d"
		"3e01e70fe6b5b316a52ac674" },
	{ .suite = "aes128-md5", .spi = 0x01907920, .esn = false, .seq = 45785u, .next_header = 0,
	  .keymat = "a7b27acde2349595f1bacc5d10fc5a30f8d597f943c8d05a019f7102c93f77ec",
	  .iv = "aec71949d261e11df22a64e17784a690",
	  .payload = "c9e0284785ec2840c9d5d36f05",
	  .packet = "019079200000b2d9aec71949d261e11df22a64e17784a69070a98b7552e15bdd3a3477f29e0606d4"
		"fa4962405939dae4f0244986" },
	{ .suite = "aes128-md5", .spi = 0x01ad4c98, .esn = false, .seq = 48974u, .next_header = 115,
	  .keymat = "a7b27acde2349595f1bacc5d10fc5a30f8d597f943c8d05a019f7102c93f77ec",
	  .iv = "db4b5e7c5cdb6a6330f3bcd521a72d39",
	  .payload = "94a56e2d464c6d4251cd2c9fb0a9a7227e1cb9ff2087bf3d449d56ff90f8d8c6aceff2c6bc938827"
		"7ed4c2dec613f0b73ed9a256d2869cb22fc2dde66f71feb15e8fdaaa89447a1d31e9f14d5e9b",
	  .packet = "01ad4c980000bf4edb4b5e7c5cdb6a6330f3bcd521a72d393d1e0a7ff3cc4dace4da664b2fb44bcd"
		"150f7d47b9fe295925de7d61c8011a4f45c6e01ac34d2f18dcf6ef513471d1f135edb53afcc23199"
		"6ea42b2bbcf6da2aee5dfcd39acbf8bd61e259049fe9c4e134fddedcae12e6c81f255327" },
	{ .suite = "aes128-md5", .spi = 0x012fc56c, .esn = true, .seq = 9325330119465639354u, .next_header = 0,
	  .keymat = "a7b27acde2349595f1bacc5d10fc5a30f8d597f943c8d05a019f7102c93f77ec",
	  .iv = "e1caddb62128748336e02979bdaf43a8",
	  .payload = "dfdb16b41719cf990597b05245",
	  .packet = "012fc56c00001dbae1caddb62128748336e02979bdaf43a843bb7beb130678f100907c04057cd7f8"
		"15a257aa238f2d5d031c4223" },
	{ .suite = "aes128-md5", .spi = 0x0194028c, .esn = true, .seq = 4795914921147633554u, .next_header = 115,
	  .keymat = "a7b27acde2349595f1bacc5d10fc5a30f8d597f943c8d05a019f7102c93f77ec",
	  .iv = "c8b36e7922e7e5fe2f0752b49911b0e3",
	  .payload = "709c0159759c0662c8e98eee1237f4c31053a8c05f4a4d8f3657839c304db231e1e294e80ba252c3",
	  .packet = "0194028c00000f92c8b36e7922e7e5fe2f0752b49911b0e30d600d77b6e171708ae5782414ab11cc"
		"fe323ea34dcbd0775235e39a833f5f48506ccce36fccc80f687734c74b9f61fde3537eb4bfb27ae1"
		"f9ca6ecd" },
	{ .suite = "aes256ctr-sha256", .spi = 0x012abbe8, .esn = false, .seq = 59463u, .next_header = 115,
	  .keymat = "a962ce5cd2b432463df78fe22f5ab313262415463795f5a9199953eef0cc8056aab3e74c9f5a6f91"
		"649de870464eec05d10e5fb848b5d848dabae604e95f7295f4b97886",
	  .iv = "7f7c67676e1f7e87",
	  .payload = "",
	  .packet = "012abbe80000e8477f7c67676e1f7e878a3c5a6b72fda649007290700f05a058f999f6a0" },
	{ .suite = "aes256ctr-sha256", .spi = 0x01ffceab, .esn = false, .seq = 54906u, .next_header = 0,
	  .keymat = "a962ce5cd2b432463df78fe22f5ab313262415463795f5a9199953eef0cc8056aab3e74c9f5a6f91"
		"649de870464eec05d10e5fb848b5d848dabae604e95f7295f4b97886",
	  .iv = "015c9933452bafac",
	  .payload = "ccce7bd4708b3b4ad075dd057d",
	  .packet = "01ffceab0000d67a015c9933452bafaca4f3046c15502e0188e5ec53cf57bd615dd05c8726602ce2"
		"1ae9992761cc5783" },
	{ .suite = "aes256ctr-sha256", .spi = 0x01ce8a84, .esn = false, .seq = 11193u, .next_header = 115,
	  .keymat = "a962ce5cd2b432463df78fe22f5ab313262415463795f5a9199953eef0cc8056aab3e74c9f5a6f91"
		"649de870464eec05d10e5fb848b5d848dabae604e95f7295f4b97886",
	  .iv = "e33c91ef31fdee40",
	  .payload = "c522355e3fb114697dfd859c7e36c66baec2e79096db2a1bd0a96a17a23db42f9ab2c2c9c6ba7ebf"
		"30b49fb084152a3e5b54f1dc63c0b377aaba1eb5399fed9115a59db70656a80cef93c84dae9d",
	  .packet = "01ce8a8400002bb9e33c91ef31fdee4001662ce74399911929cf3732a0073da159bf61384c2d5778"
		"b1f4bd643e24cd30f7078b4d553ae2af5271db22a12d2f3cccf025e67906e71191e23c6d097d2666"
		"a6e1042b937d6d352188a1c7b06a5e7a4acb8dc0259c280fabd557270ad89ad4" },
	{ .suite = "aes256ctr-sha256", .spi = 0x01d78b9f, .esn = true, .seq = 9078843217658533110u, .next_header = 0,
	  .keymat = "a962ce5cd2b432463df78fe22f5ab313262415463795f5a9199953eef0cc8056aab3e74c9f5a6f91"
		"649de870464eec05d10e5fb848b5d848dabae604e95f7295f4b97886",
	  .iv = "b68bc7afd21f0245",
	  .payload = "c2bde4a6bee3d242bd5a9371c5",
	  .packet = "01d78b9f000054f6b68bc7afd21f02455d7014b784064b0595545d7012564abe7399d38dcd3e0f63"
		"4e0369c6a5a361d9" },
	{ .suite = "aes256ctr-sha256", .spi = 0x01c4d663, .esn = true, .seq = 9985470655899912611u, .next_header = 115,
	  .keymat = "a962ce5cd2b432463df78fe22f5ab313262415463795f5a9199953eef0cc8056aab3e74c9f5a6f91"
		"649de870464eec05d10e5fb848b5d848dabae604e95f7295f4b97886",
	  .iv = "6f7021b571e9c27d",
	  .payload = "ca115ad3becb15dd474513f844af2bf1c43ba5281d799453bd6ae87ee9095a0c925fbc0a3f37bbd6",
	  .packet = "01c4d663000049a36f7021b571e9c27dc5243c3289f50a25ce25570f5f3ea409c43f25c7acbe1de5"
		"93cadcf8978c9f5c46ffd7d1bb9321fc1afd762f0ba2248ccc352ed346c7fc4fa9c322b7" },
	{ .suite = "aes256ctr-sha1", .spi = 0x0191b72b, .esn = false, .seq = 44448u, .next_header = 115,
	  .keymat = "2ff822f4a055fd6cfae8d03af81626a81bc2bd8a41c85563c0ffe17107100307e22a4d9f7bc288a8"
		"fa1b12e5fcf4f55b9ffd88afe8538b82",
	  .iv = "c1e507c97fbcd979",
	  .payload = "",
	  .packet = "0191b72b0000ada0c1e507c97fbcd979a887b302a11cb63156419229d9ade592" },
	{ .suite = "aes256ctr-sha1", .spi = 0x01fc143c, .esn = false, .seq = 55748u, .next_header = 0,
	  .keymat = "2ff822f4a055fd6cfae8d03af81626a81bc2bd8a41c85563c0ffe17107100307e22a4d9f7bc288a8"
		"fa1b12e5fcf4f55b9ffd88afe8538b82",
	  .iv = "18b5dc808397ee30",
	  .payload = "c2f562d7bb308a98e5e620c74e",
	  .packet = "01fc143c0000d9c418b5dc808397ee30905fd33f208b2fe37e84e4a48b2007a14d6d13f9fd255e92"
		"71f6e3b5" },
	{ .suite = "aes256ctr-sha1", .spi = 0x01d98875, .esn = false, .seq = 15867u, .next_header = 115,
	  .keymat = "2ff822f4a055fd6cfae8d03af81626a81bc2bd8a41c85563c0ffe17107100307e22a4d9f7bc288a8"
		"fa1b12e5fcf4f55b9ffd88afe8538b82",
	  .iv = "6717dbe8f21443a8",
	  .payload = "775f5545ce3f64aa1c141ccc5c0f4eeb1c9ee8e130a37df1f3a76687a6308b184dfce9f50416898b"
		"82d6f9ccc56df96790156f17b939c7fa894b19b6191823f192ad40844bf316fcbfa62eb638a2",
	  .packet = "01d9887500003dfb6717dbe8f21443a8c05c7cea4406df143e38cca9aebd3ee43467f5d8c0137438"
		"673069e3ca7792999b7531b63dd11ab561014b9bde9bfd581636c99a34bc1f99f6c3816326bc6cee"
		"6363e94b0924dab15cfe97b0373eec081d8134498492c50115f3b312" },
	{ .suite = "aes256ctr-sha1", .spi = 0x013c8728, .esn = true, .seq = 1778849508382226134u, .next_header = 0,
	  .keymat = "2ff822f4a055fd6cfae8d03af81626a81bc2bd8a41c85563c0ffe17107100307e22a4d9f7bc288a8"
		"fa1b12e5fcf4f55b9ffd88afe8538b82",
	  .iv = "aa336f85bfded567",
	  .payload = "4871076220b0728fe1fd43b1eb",
	  .packet = "013c8728000036d6aa336f85bfded56733014ac0f270f4b720ea37ff0d054092146547e4fdbceb0b"
		"e579b915" },
	{ .suite = "aes256ctr-sha1", .spi = 0x018244f9, .esn = true, .seq = 8522176556578142817u, .next_header = 115,
	  .keymat = "2ff822f4a055fd6cfae8d03af81626a81bc2bd8a41c85563c0ffe17107100307e22a4d9f7bc288a8"
		"fa1b12e5fcf4f55b9ffd88afe8538b82",
	  .iv = "c4cbca8197ef7f2b",
	  .payload = "dd1dec4c09753ec9fdd2eafaf46f185d988af165362dd39443fe2943054ca5bb67a213e2cc9e275d",
	  .packet = "018244f900007a61c4cbca8197ef7f2b444be1c2b4d732fccd4b38894fa9aef3171b404910c8e006"
		"fb1d1fc2166cfc3c78a4a2d931d93b0495b0a5538545acc1f34981941d8991bb" },
	{ .suite = "aes256ctr-sha512", .spi = 0x01457c7e, .esn = false, .seq = 25564u, .next_header = 115,
	  .keymat = "9cfadf373dfe0ffc91fbde2e3e1a323286f3bddad511f359eb7a41f7ee98e28bf702436b2141e95b"
		"f2f4f86a4eca250f1d2621e2777aa514d15e00ce3c3c2bba04e44d71a4b42bc64dc079cdf4bc2c99"
		"2266758c2100ef3e59d6d79d37b6ce537d327ae4",
	  .iv = "253ea42e79c8cac9",
	  .payload = "",
	  .packet = "01457c7e000063dc253ea42e79c8cac9cea9b5eac91d54d67feef149d62ec12f690f011ce3a65a97"
		"125a727d4eb1a19a9aed244e" },
	{ .suite = "aes256ctr-sha512", .spi = 0x01aa3a42, .esn = false, .seq = 61888u, .next_header = 0,
	  .keymat = "9cfadf373dfe0ffc91fbde2e3e1a323286f3bddad511f359eb7a41f7ee98e28bf702436b2141e95b"
		"f2f4f86a4eca250f1d2621e2777aa514d15e00ce3c3c2bba04e44d71a4b42bc64dc079cdf4bc2c99"
		"2266758c2100ef3e59d6d79d37b6ce537d327ae4",
	  .iv = "18580b18f7e3d09d",
	  .payload = "0c3f5cc00d02169fb29a2706f2",
	  .packet = "01aa3a420000f1c018580b18f7e3d09d887bedf3717a796216b1cc457897291e2b644bca56703e68"
		"562bee739eb1e8b3a39c6f7818747c5baa24a0f6934ad2f8" },
	{ .suite = "aes256ctr-sha512", .spi = 0x01727733, .esn = false, .seq = 62403u, .next_header = 115,
	  .keymat = "9cfadf373dfe0ffc91fbde2e3e1a323286f3bddad511f359eb7a41f7ee98e28bf702436b2141e95b"
		"f2f4f86a4eca250f1d2621e2777aa514d15e00ce3c3c2bba04e44d71a4b42bc64dc079cdf4bc2c99"
		"2266758c2100ef3e59d6d79d37b6ce537d327ae4",
	  .iv = "61584a8a99546f57",
	  .payload = "131eaac3d94d5a6cc69ee14d3a890694c69271f0a7908192b33906bdf1200cb87dbb56a83a3a4f22"
		"a7da1ce42b5b3c8bf10e0904f8490164155144f5b6082509a256a001d8441e767355cd426bd8",
	  .packet = "017277330000f3c361584a8a99546f57875379fbe77b958da01d02db010c2f8a3c6bd03d1916fa79"
		"9273090a335f561dc5f3fcfbed19c94499676f16260057d98b87d8f0b3ff524b97e3c460521c2480"
		"969b7da3281320192614ff6e9c070e726917574b3272f438892279ab17964ab2bcc0e8297105b276"
		"939b0bf858bdaf98" },
	{ .suite = "aes256ctr-sha512", .spi = 0x01cd7ae6, .esn = true, .seq = 4762811125706281362u, .next_header = 0,
	  .keymat = "9cfadf373dfe0ffc91fbde2e3e1a323286f3bddad511f359eb7a41f7ee98e28bf702436b2141e95b"
		"f2f4f86a4eca250f1d2621e2777aa514d15e00ce3c3c2bba04e44d71a4b42bc64dc079cdf4bc2c99"
		"2266758c2100ef3e59d6d79d37b6ce537d327ae4",
	  .iv = "9aaf79b47182c7b2",
	  .payload = "c6486717b1284e28eb09b44ed3",
	  .packet = "01cd7ae6000051929aaf79b47182c7b20d9fe22957de1c46ce5d8e2b05c78ccaee74b0e8ea12b0cf"
		"224595cc5535d96f76b2ed98a173d8ee9adeac723addc6c6" },
	{ .suite = "aes256ctr-sha512", .spi = 0x0166f694, .esn = true, .seq = 15858689127231793509u, .next_header = 115,
	  .keymat = "9cfadf373dfe0ffc91fbde2e3e1a323286f3bddad511f359eb7a41f7ee98e28bf702436b2141e95b"
		"f2f4f86a4eca250f1d2621e2777aa514d15e00ce3c3c2bba04e44d71a4b42bc64dc079cdf4bc2c99"
		"2266758c2100ef3e59d6d79d37b6ce537d327ae4",
	  .iv = "8ba1a77d3f7309c6",
	  .payload = "a2b44d6cd31d9faf1a553dc6ba4af4dcac917354ffcc516f5285799c7daa44cde7ba41386a3987e3",
	  .packet = "0166f694000029658ba1a77d3f7309c6355951e634ca61ffbae513af62c97e6d89e8bb516576441b"
		"3d0ca3d547a5b42911ab7d654140cf25ce4b51c979e33682d35b1ca5eed42a62443634b1c0f41926"
		"475ab8bb1b9c05d15fb661ea" },
	{ .suite = "aes256ctr-sha384", .spi = 0x0144645f, .esn = false, .seq = 63867u, .next_header = 115,
	  .keymat = "f24949b73b851e67e5154a6beb882121c759f44d6d7129df6e78ae7c44e341ead1967b3e7a971503"
		"950c2f33155608b6205291a316d7ba0d01cfde305bcfe60bcdff55ddcb51553250d15c8570f7e39a"
		"97f48bf1",
	  .iv = "d75f9a9dff4400de",
	  .payload = "",
	  .packet = "0144645f0000f97bd75f9a9dff4400de81f818c231cefe3a1112981c3b5a4b9a3cb069025a4d8432"
		"c7a9f67e" },
	{ .suite = "aes256ctr-sha384", .spi = 0x01126e59, .esn = false, .seq = 13864u, .next_header = 0,
	  .keymat = "f24949b73b851e67e5154a6beb882121c759f44d6d7129df6e78ae7c44e341ead1967b3e7a971503"
		"950c2f33155608b6205291a316d7ba0d01cfde305bcfe60bcdff55ddcb51553250d15c8570f7e39a"
		"97f48bf1",
	  .iv = "27d44b97c2801512",
	  .payload = "14fd48da598f859c9fd07c4b64",
	  .packet = "01126e590000362827d44b97c2801512ae6f5c8c76ae29f07c04f7ed2ded261f3e8dbee7a46dfac5"
		"444046128d24a2d2de47e53f4719efb9" },
	{ .suite = "aes256ctr-sha384", .spi = 0x01c97237, .esn = false, .seq = 26195u, .next_header = 115,
	  .keymat = "f24949b73b851e67e5154a6beb882121c759f44d6d7129df6e78ae7c44e341ead1967b3e7a971503"
		"950c2f33155608b6205291a316d7ba0d01cfde305bcfe60bcdff55ddcb51553250d15c8570f7e39a"
		"97f48bf1",
	  .iv = "d5c2ed4c12fdcb10",
	  .payload = "cb7e6b97e018d8f3ec3c94c3447ba1a8928b3d0538d0243d82936a5b8fc55d549d051f0eb08169b6"
		"ab447a523a7793c56e97d703d3ab741ba4d99c3a3d177e49af3cdc98f52bf6f53a039b834117",
	  .packet = "01c9723700006653d5c2ed4c12fdcb1066aee2b5747b9154e09480bfcb9762bbb9af3c36b16cea21"
		"179f7d83b050dd30d7c6237b3ffec596f2e5f64366d1484e83031ddcaa362476013ca5903d38965b"
		"eb30cd8fbfc5f1b3002ab4b8e568cd070cadcae76333373f85df4ac544b59100ef54a8c41eb5b180" },
	{ .suite = "aes256ctr-sha384", .spi = 0x0195b6ed, .esn = true, .seq = 13719979740935254195u, .next_header = 0,
	  .keymat = "f24949b73b851e67e5154a6beb882121c759f44d6d7129df6e78ae7c44e341ead1967b3e7a971503"
		"950c2f33155608b6205291a316d7ba0d01cfde305bcfe60bcdff55ddcb51553250d15c8570f7e39a"
		"97f48bf1",
	  .iv = "404281f4e90ae815",
	  .payload = "d218affc57d6b95a3c556a8cff",
	  .packet = "0195b6ed000070b3404281f4e90ae8152714860874b52550545cc4acb2ffe90d9c89d3b55edfb788"
		"54e683cff9f0e9fc989d23b12a39b831" },
	{ .suite = "aes256ctr-sha384", .spi = 0x01298ebf, .esn = true, .seq = 6501261501687398578u, .next_header = 115,
	  .keymat = "f24949b73b851e67e5154a6beb882121c759f44d6d7129df6e78ae7c44e341ead1967b3e7a971503"
		"950c2f33155608b6205291a316d7ba0d01cfde305bcfe60bcdff55ddcb51553250d15c8570f7e39a"
		"97f48bf1",
	  .iv = "3a77bb47295747e3",
	  .payload = "b1305d5d54e7ac454024781863275f7a26a05479a7f51a81bda9af12db681f41b48aeb607aa6af55",
	  .packet = "01298ebf000000b23a77bb47295747e34e1ba3b3264d0d012d70347a7a47c765ef22d0ff78900b70"
		"b47e4fb401c1d7240f487ff3d8893342566feeacef52df8b492d7c3067c795e4be45945485448957"
		"45405ca6" },
	{ .suite = "aes256ctr-xcbc", .spi = 0x011a2684, .esn = false, .seq = 3016u, .next_header = 115,
	  .keymat = "48510d0545fdbe5319c6bcfce168df714d639de97221862453cf1dd4d62814e62e5b5138b399feb5"
		"336371c9cf539a2803182ab0",
	  .iv = "fc36e6d9212fb5cd",
	  .payload = "",
	  .packet = "011a268400000bc8fc36e6d9212fb5cd378b0197ebf26895d24dfaa32cdecc52" },
	{ .suite = "aes256ctr-xcbc", .spi = 0x01105c2b, .esn = false, .seq = 2595u, .next_header = 0,
	  .keymat = "48510d0545fdbe5319c6bcfce168df714d639de97221862453cf1dd4d62814e62e5b5138b399feb5"
		"336371c9cf539a2803182ab0",
	  .iv = "9045487686ce903f",
	  .payload = "f489375794f5e105569af8409c",
	  .packet = "01105c2b00000a239045487686ce903fa9ec267032b30cacca3c7dd3c5c5e469b55bb4cb02419c77"
		"d66a60b0" },
	{ .suite = "aes256ctr-xcbc", .spi = 0x0182e294, .esn = false, .seq = 4186u, .next_header = 115,
	  .keymat = "48510d0545fdbe5319c6bcfce168df714d639de97221862453cf1dd4d62814e62e5b5138b399feb5"
		"336371c9cf539a2803182ab0",
	  .iv = "f0b70e4e1c711d06",
	  .payload = "c59d2d90ba0fec98166ab63b42cd1874158f2e42bc1b6acbab3ed36f543951232258b6e8d876c7bb"
		"d34b1e2ea80e1ef389c2a2f5539670f885fdfa37192b1d769e8ab2950d86890693f2e25c1bf2",
	  .packet = "0182e2940000105af0b70e4e1c711d06626696cc9267f081eb439f6187fbcec59e103209abc9b0cf"
		"22eb5544344de76aab33b3ce800f37232ba2a6d93f596b7c983a1fa18b6de5c9cac6bac1e14d4b40"
		"fc69dfa83697375e4932c607d6bfefb9995064c6b8ce2840965c9461" },
	{ .suite = "aes256ctr-xcbc", .spi = 0x01478eaf, .esn = true, .seq = 190451756281419821u, .next_header = 0,
	  .keymat = "48510d0545fdbe5319c6bcfce168df714d639de97221862453cf1dd4d62814e62e5b5138b399feb5"
		"336371c9cf539a2803182ab0",
	  .iv = "ac3d57a5a3a5979f",
	  .payload = "7a7480023f8cfb89ec618865a0",
	  .packet = "01478eaf0000d82dac3d57a5a3a5979f0c0c60a8184bcf99a62e76ae76d49e1e57074a6459d65538"
		"63c86d3d" },
	{ .suite = "aes256ctr-xcbc", .spi = 0x0190a174, .esn = true, .seq = 16279019816801584850u, .next_header = 115,
	  .keymat = "48510d0545fdbe5319c6bcfce168df714d639de97221862453cf1dd4d62814e62e5b5138b399feb5"
		"336371c9cf539a2803182ab0",
	  .iv = "50df15a555bbdd80",
	  .payload = "5b24cdb9a17bb8d17e072abd021ceb61da13af1093daf44969705c51bf837f40003e663bfd38f0eb",
	  .packet = "0190a1740000c6d250df15a555bbdd80a29c075a2c8b9682b5f4aff005966579030d243f4d750760"
		"35866615c13a2c2a5bc9914dfc1b2a038d48b5c912b3b9378776b014db5a9e92" },
	{ .suite = "aes256ctr-cmac", .spi = 0x016f667e, .esn = false, .seq = 27112u, .next_header = 115,
	  .keymat = "bef6d37147602035dbdb7873a4e9014f8c51e980d9f26372fad7c4f71bae67746904ecb95586c677"
		"64b51fe04ac091f3348be8c9",
	  .iv = "4ad3156fe969b4e8",
	  .payload = "",
	  .packet = "016f667e000069e84ad3156fe969b4e8277512ed56760eeb98ff1fab3715c601" },
	{ .suite = "aes256ctr-cmac", .spi = 0x0144b1b6, .esn = false, .seq = 19212u, .next_header = 0,
	  .keymat = "bef6d37147602035dbdb7873a4e9014f8c51e980d9f26372fad7c4f71bae67746904ecb95586c677"
		"64b51fe04ac091f3348be8c9",
	  .iv = "8b10a7678843c517",
	  .payload = "6c9ae2efb5caa2ad525da55312",
	  .packet = "0144b1b600004b0c8b10a7678843c517556fca908d13980dd8347d23dcc1c2601a92e54aaf6f95e3"
		"f3eb12a2" },
	{ .suite = "aes256ctr-cmac", .spi = 0x01a213cd, .esn = false, .seq = 32445u, .next_header = 115,
	  .keymat = "bef6d37147602035dbdb7873a4e9014f8c51e980d9f26372fad7c4f71bae67746904ecb95586c677"
		"64b51fe04ac091f3348be8c9",
	  .iv = "456e4cf76cf1eb54",
	  .payload = "31bb61de2ecfc51777cf454dcb26039d0e9c3113d724756791bbcde626e655bbb99b4c255ef5a27c"
		"e4a47aac0fcbf2e8965312f6423e72e072c99fdddc5392d85253e6fdb057412172cc97530ca5",
	  .packet = "01a213cd00007ebd456e4cf76cf1eb5438f9677fea62c86b76b979c8cce0f83e2540160be3f875ea"
		"7f5bd727ec1fd881306371a07281b001a4294f72b668e6e9cbe3e94091cea771b60996d68eec717b"
		"5d8b23c91a20672cba70c4d79d984ff594e9b55443919d4e5c5007c1" },
	{ .suite = "aes256ctr-cmac", .spi = 0x0193bd0b, .esn = true, .seq = 9166818368517348501u, .next_header = 0,
	  .keymat = "bef6d37147602035dbdb7873a4e9014f8c51e980d9f26372fad7c4f71bae67746904ecb95586c677"
		"64b51fe04ac091f3348be8c9",
	  .iv = "ebf4e1dab3cd1d51",
	  .payload = "18d7c688c556245990dfa4d559",
	  .packet = "0193bd0b00009c95ebf4e1dab3cd1d5136c3d057f637b10e8a1d4d79bf0aa55d931715a912a860fa"
		"3ec852a3" },
	{ .suite = "aes256ctr-cmac", .spi = 0x01a41e4d, .esn = true, .seq = 5062639867767311040u, .next_header = 115,
	  .keymat = "bef6d37147602035dbdb7873a4e9014f8c51e980d9f26372fad7c4f71bae67746904ecb95586c677"
		"64b51fe04ac091f3348be8c9",
	  .iv = "df5ab45280d7fdb3",
	  .payload = "82815ada90814bd6c2da5822046aa6efb9491e28abb8097d405181bb43bd5e43e861162bb2ddb088",
	  .packet = "01a41e4d00004ac0df5ab45280d7fdb369d7a7174adca1b17c90dbeb4ba8f7815d2097e64d9d7e44"
		"42ef09f1353a77f245933da947488d241e3fe71bf7fe189ce5ac8af4599fd40b" },
	{ .suite = "aes256ctr-md5", .spi = 0x01658c21, .esn = false, .seq = 43022u, .next_header = 115,
	  .keymat = "70c2133e466fb87951edfac2f2e7e53b3421f304bb2c8bcdc5731cb4fb3fdd9bc7597dd73ef98216"
		"07cfdeee4149827cabcce101",
	  .iv = "0fa85e24606da57a",
	  .payload = "",
	  .packet = "01658c210000a80e0fa85e24606da57a3694d688cca2b0e15500a8ff90b65cf6" },
	{ .suite = "aes256ctr-md5", .spi = 0x01f056f9, .esn = false, .seq = 51796u, .next_header = 0,
	  .keymat = "70c2133e466fb87951edfac2f2e7e53b3421f304bb2c8bcdc5731cb4fb3fdd9bc7597dd73ef98216"
		"07cfdeee4149827cabcce101",
	  .iv = "4bad74e58315944b",
	  .payload = "883f8abfac34b0c5fa5d485fc5",
	  .packet = "01f056f90000ca544bad74e58315944b766f675d2b7d52e389f7c76bf777981d685d3289548c05fe"
		"0719f592" },
	{ .suite = "aes256ctr-md5", .spi = 0x016e9c22, .esn = false, .seq = 34174u, .next_header = 115,
	  .keymat = "70c2133e466fb87951edfac2f2e7e53b3421f304bb2c8bcdc5731cb4fb3fdd9bc7597dd73ef98216"
		"07cfdeee4149827cabcce101",
	  .iv = "9de62e4bd4a2bf4a",
	  .payload = "00e622ca11868ab6843ef4b246cd907488713410cfdbce2cee1bbd3c6e618d1c44ec23648cd4d0d0"
		"e32d5f978543afd6531d5e6b81d3abfc67ddf029da5b9876352e9038fc9a324b4c24fd4b1b9f",
	  .packet = "016e9c220000857e9de62e4bd4a2bf4ac536e1f8596ff135a1182d2937b0a59f3bf41a839d8fd8c9"
		"b86f9a250bf79a53127efa98e988d6015ae11b9a1fbbf03b77051e2b9dbdd12652d124d0376fa630"
		"a7bbb96e1064aea228059e01cb2932d0b5edcf3c3d1a5a42abaa5439" },
	{ .suite = "aes256ctr-md5", .spi = 0x01471e86, .esn = true, .seq = 5871939889632667688u, .next_header = 0,
	  .keymat = "70c2133e466fb87951edfac2f2e7e53b3421f304bb2c8bcdc5731cb4fb3fdd9bc7597dd73ef98216"
		"07cfdeee4149827cabcce101",
	  .iv = "a37691758d58f85c",
	  .payload = "b6ffacd6c94d055d8f7ef839e4",
	  .packet = "01471e8600006828a37691758d58f85c00360695d0714819292738f52f7296e77fca04a921517be6"
		"e55ec97a" },
	{ .suite = "aes256ctr-md5", .spi = 0x01d9ad27, .esn = true, .seq = 5785820392279014154u, .next_header = 115,
	  .keymat = "70c2133e466fb87951edfac2f2e7e53b3421f304bb2c8bcdc5731cb4fb3fdd9bc7597dd73ef98216"
		"07cfdeee4149827cabcce101",
	  .iv = "46aefc7513cae2cc",
	  .payload = "32985c1a0f03324b82aeb7ade7c3be2e841356c1a769e0ae8bd15a4fcd6146174d2f7e90870b8c95",
	  .packet = "01d9ad2700007b0a46aefc7513cae2cc6b6ba04c26466f4beb86cecd5c520165b0ed8f5f352a0c96"
		"8950e4aebfc2ce9f3f31ba8a105be94eea614ec6185c1c851fc51658e0211e9d" },
	{ .suite = "aes128ctr-sha256", .spi = 0x012df727, .esn = false, .seq = 43572u, .next_header = 115,
	  .keymat = "8b55b8fe06af9acbc80da7d10cc98e27b9178755556e88c6cc8f846add35973b426da1afbf00fcc4"
		"a1075f0b1252fd43dbd03abb",
	  .iv = "564c7deec2a7e248",
	  .payload = "",
	  .packet = "012df7270000aa34564c7deec2a7e248c0621b2fc3c54b477174babcbe0d8bc3f419ca72" },
	{ .suite = "aes128ctr-sha256", .spi = 0x0181de76, .esn = false, .seq = 36967u, .next_header = 0,
	  .keymat = "8b55b8fe06af9acbc80da7d10cc98e27b9178755556e88c6cc8f846add35973b426da1afbf00fcc4"
		"a1075f0b1252fd43dbd03abb",
	  .iv = "ddf33532160fb2af",
	  .payload = "710865fc1d7a9f49cca8b9fc78",
	  .packet = "0181de7600009067ddf33532160fb2afcac9636052aa361b66da24b1a1271a319400a3003e6bf806"
		"2265189c7cc21207" },
	{ .suite = "aes128ctr-sha256", .spi = 0x011592fc, .esn = false, .seq = 9051u, .next_header = 115,
	  .keymat = "8b55b8fe06af9acbc80da7d10cc98e27b9178755556e88c6cc8f846add35973b426da1afbf00fcc4"
		"a1075f0b1252fd43dbd03abb",
	  .iv = "7077dace9a061b78",
	  .payload = "0bad940d2640d99d856b6a71a08178753fd5978e4bc9a73e5484efa3f440fff179a869e4e57374bc"
		"93cf7c2faa60ee8ff1194f0e7d545e9678dcd59a62c42b7c33f333393fce2eb9108bda7b20f5",
	  .packet = "011592fc0000235b7077dace9a061b78d0f07fc2152465a39987bd984861358d1568ce2fae31ae7d"
		"a3442c50d13228387dd88a6ee02fc6f74cf9c72738ba41119579e383885f2fee6903efeebea6df9a"
		"c0534aa28eabe452f846bdbd08a4d5c1d428c3f3d05068c745de66b6dc141a8a" },
	{ .suite = "aes128ctr-sha256", .spi = 0x01ae7a7c, .esn = true, .seq = 11282290847871174200u, .next_header = 0,
	  .keymat = "8b55b8fe06af9acbc80da7d10cc98e27b9178755556e88c6cc8f846add35973b426da1afbf00fcc4"
		"a1075f0b1252fd43dbd03abb",
	  .iv = "e5dbc40b00c51e97",
	  .payload = "a466083bcab101f441fe3d4732",
	  .packet = "01ae7a7c00008638e5dbc40b00c51e977cf55ca9f44c5474b5f73a93422fce72202396bb81bd80f4"
		"2eaeaeb661779b7c" },
	{ .suite = "aes128ctr-sha256", .spi = 0x017e654b, .esn = true, .seq = 9068383864191211225u, .next_header = 115,
	  .keymat = "8b55b8fe06af9acbc80da7d10cc98e27b9178755556e88c6cc8f846add35973b426da1afbf00fcc4"
		"a1075f0b1252fd43dbd03abb",
	  .iv = "fbbeb667d7d00000",
	  .payload = "718f149ad818a90c3bbac29b1ac158e23c2286a7314c583e742d813b0105d4e2ec2858f6442896bd",
	  .packet = "017e654b000056d9fbbeb667d7d0000079118c2aaa9700b95b077d7ffbda1181fc7ee5c5cbc1059a"
		"bf8f1abb7fcf0445da1ea8966b0382106d980a8533a60eca12cb9f8bb4bf9bb8b6979b4a" },
	{ .suite = "aes128ctr-sha1", .spi = 0x0105f477, .esn = false, .seq = 43196u, .next_header = 115,
	  .keymat = "5dcfb10eccb5045122d23b8b5e651a4147e3b90ce8c4f33610d25a0a4d7d0aadaf714d29f81227bd",
	  .iv = "dcb259eba3cb4288",
	  .payload = "",
	  .packet = "0105f4770000a8bcdcb259eba3cb42884cee14f750b0bc642c3c2528cb756aa6" },
	{ .suite = "aes128ctr-sha1", .spi = 0x01146c26, .esn = false, .seq = 35749u, .next_header = 0,
	  .keymat = "5dcfb10eccb5045122d23b8b5e651a4147e3b90ce8c4f33610d25a0a4d7d0aadaf714d29f81227bd",
	  .iv = "506fb9796d0910ab",
	  .payload = "3f15c34f28edc43e4de554e0ca",
	  .packet = "01146c2600008ba5506fb9796d0910ab7fb2b375295280b9e05f045425b4eed97bb20ce53809c680"
		"5197b0f5" },
	{ .suite = "aes128ctr-sha1", .spi = 0x01425fea, .esn = false, .seq = 61680u, .next_header = 115,
	  .keymat = "5dcfb10eccb5045122d23b8b5e651a4147e3b90ce8c4f33610d25a0a4d7d0aadaf714d29f81227bd",
	  .iv = "a8e5bc17fc3de98b",
	  .payload = "576ac78dc2c5634e37e80d9f8609cc429127cfc32cb9c82d96e807db8a6dc73707dbdf9449831dcd"
		"1d845b1fb585fd082ea41fcf81f824e96d3b87bc7956921687ef1893d2031a3b1569c5479e92",
	  .packet = "01425fea0000f0f0a8e5bc17fc3de98be6dda6d671818d89a928a0a3605f5861db50806778c39ee0"
		"f990d3dd402b8a3d9d761497f9e5eb7d88a0b49aae2ac9b748cb7dfc45b67b41a5066a042f6c5ab9"
		"72884949af62d22040609107e379529ae01b0759563ed865885ac061" },
	{ .suite = "aes128ctr-sha1", .spi = 0x0140326a, .esn = true, .seq = 49092889237568066u, .next_header = 0,
	  .keymat = "5dcfb10eccb5045122d23b8b5e651a4147e3b90ce8c4f33610d25a0a4d7d0aadaf714d29f81227bd",
	  .iv = "638db4640f257494",
	  .payload = "9eca48085073a2d4f2a807a95e",
	  .packet = "0140326a0000ba42638db4640f25749416f3ddbf8638f16c9429bd86128d530bb6731e15ce45caa7"
		"149e3cbc" },
	{ .suite = "aes128ctr-sha1", .spi = 0x01576bfb, .esn = true, .seq = 13549094833452248346u, .next_header = 115,
	  .keymat = "5dcfb10eccb5045122d23b8b5e651a4147e3b90ce8c4f33610d25a0a4d7d0aadaf714d29f81227bd",
	  .iv = "ab086e98201c2677",
	  .payload = "8e1b0df4b607c5fa3c6e37b3ab0e109a27f33323d0954a2fdc3be0c85868810c4dc97e8e2d505af0",
	  .packet = "01576bfb00006d1aab086e98201c2677f7c930845d6051a6b960f4e8208f97e56f0d2996d84b6359"
		"260a3179f4392dca6385fe4cb7a81ae67d7fa023187688f2fa775e4093387993" },
	{ .suite = "aes128ctr-sha512", .spi = 0x0133722e, .esn = false, .seq = 23492u, .next_header = 115,
	  .keymat = "25a9aaf7ec02295c839791bc61421bcca3e17dc58b348effc7e4d455380c219291d9688a3235890a"
		"cc7283e571259b86b8a6d8a5ae731e5c5b0fd18b7ac484175602ff8c10130c41f6172aeff6a887a1"
		"33817c60",
	  .iv = "27fbf24781bf82e3",
	  .payload = "",
	  .packet = "0133722e00005bc427fbf24781bf82e3be3ceebc9109228a90d000ab815c93841d50c61100547509"
		"bd7b3a8a4fab28747ca63c9e" },
	{ .suite = "aes128ctr-sha512", .spi = 0x01d2e757, .esn = false, .seq = 53565u, .next_header = 0,
	  .keymat = "25a9aaf7ec02295c839791bc61421bcca3e17dc58b348effc7e4d455380c219291d9688a3235890a"
		"cc7283e571259b86b8a6d8a5ae731e5c5b0fd18b7ac484175602ff8c10130c41f6172aeff6a887a1"
		"33817c60",
	  .iv = "3bf6be6463567422",
	  .payload = "b30e3a45894476b47f9cb01f81",
	  .packet = "01d2e7570000d13d3bf6be64635674223e5ea25bc7058daff99f4a7d602a7c62676eeaa1aaac3c1a"
		"94bd74c780db8096af2a5b4b00aee0720d7756554535faaf" },
	{ .suite = "aes128ctr-sha512", .spi = 0x01f8aeea, .esn = false, .seq = 7652u, .next_header = 115,
	  .keymat = "25a9aaf7ec02295c839791bc61421bcca3e17dc58b348effc7e4d455380c219291d9688a3235890a"
		"cc7283e571259b86b8a6d8a5ae731e5c5b0fd18b7ac484175602ff8c10130c41f6172aeff6a887a1"
		"33817c60",
	  .iv = "7935ba3003243843",
	  .payload = "df378c7bb277e25ee36ce90db803615800cdf3d351e966aecde80817547fdf3301514b768ac1ba7f"
		"f4d1cc9bd05d5cc18a8a9b229829d0fb826725dc645b4b64312d75ffaa5e000b2d525873c6ba",
	  .packet = "01f8aeea00001de47935ba3003243843f226511ab0aa2c83218532e3b57d7d3cdf198da4a557a6f0"
		"99155b8837bb56a7d16e1c3bf5249b798909fc288641b78d13e654c98f316db04ff9fa389ff09bc1"
		"f4985bd9824a4d7b92684c6105fc794af679bdd6e9dc4b1dcc0a73d22b80ab311e279ee60ab868a4"
		"306caf2667b585c4" },
	{ .suite = "aes128ctr-sha512", .spi = 0x011215df, .esn = true, .seq = 10655030064204223397u, .next_header = 0,
	  .keymat = "25a9aaf7ec02295c839791bc61421bcca3e17dc58b348effc7e4d455380c219291d9688a3235890a"
		"cc7283e571259b86b8a6d8a5ae731e5c5b0fd18b7ac484175602ff8c10130c41f6172aeff6a887a1"
		"33817c60",
	  .iv = "be9fd998b895c842",
	  .payload = "05d2886e828a4fd6a2efd32520",
	  .packet = "011215df000013a5be9fd998b895c8424ef6e8debcbdb9a410a9705524cc8464258e233801b71cf4"
		"1782f6a72f95b99e8b1d1e598c3f28b2a616e27fbed867f0" },
	{ .suite = "aes128ctr-sha512", .spi = 0x018146f3, .esn = true, .seq = 11400518412628184789u, .next_header = 115,
	  .keymat = "25a9aaf7ec02295c839791bc61421bcca3e17dc58b348effc7e4d455380c219291d9688a3235890a"
		"cc7283e571259b86b8a6d8a5ae731e5c5b0fd18b7ac484175602ff8c10130c41f6172aeff6a887a1"
		"33817c60",
	  .iv = "32ded766a7653b66",
	  .payload = "38828519c4eb0fe8dcbd41430e5e9a24ee0705a5cfff9f85bd796cd5b2fe3c17d61032c5b3c0aabb",
	  .packet = "018146f30000ced532ded766a7653b66f89a072e7435b8422b2388d63dcd3da571b95dfbf6f291bc"
		"ba4cabcecd0ac5065acb6d711d972ad584b58d1a0ba4a0dfaef1219fac90c2f118a0703668637a31"
		"adcdecf57574e32756d5c53c" },
	{ .suite = "aes128ctr-sha384", .spi = 0x0163a422, .esn = false, .seq = 64898u, .next_header = 115,
	  .keymat = "538e06d90f29311603adcbb90e4059f9fb92d259a86b6da9ec514efa56d76e917c8a0f4bdd33f580"
		"5bcc085e04ed0a24695f66f86058455dca76f4dc19e8e4cccfc137ee",
	  .iv = "6725617e332b554e",
	  .payload = "",
	  .packet = "0163a4220000fd826725617e332b554eeaeaea9d46dc42086942bdf55c697d57eae45ac536a77783"
		"2e16c1d8" },
	{ .suite = "aes128ctr-sha384", .spi = 0x019ba982, .esn = false, .seq = 4429u, .next_header = 0,
	  .keymat = "538e06d90f29311603adcbb90e4059f9fb92d259a86b6da9ec514efa56d76e917c8a0f4bdd33f580"
		"5bcc085e04ed0a24695f66f86058455dca76f4dc19e8e4cccfc137ee",
	  .iv = "e0b353033d2c1be9",
	  .payload = "f133dc20e7328d54ff6ebc5144",
	  .packet = "019ba9820000114de0b353033d2c1be9d10d3dadd723fbfb182cf112cba30bbbc716c8348ec15c31"
		"a98cafa37aaeb284d3f6d4f2758c368f" },
	{ .suite = "aes128ctr-sha384", .spi = 0x01c81793, .esn = false, .seq = 49614u, .next_header = 115,
	  .keymat = "538e06d90f29311603adcbb90e4059f9fb92d259a86b6da9ec514efa56d76e917c8a0f4bdd33f580"
		"5bcc085e04ed0a24695f66f86058455dca76f4dc19e8e4cccfc137ee",
	  .iv = "5d15c2f52d2d6ad2",
	  .payload = "7442861fd8f9c1045465b0e5fa3299685ad1f04af8a5cbaf921fe9c0ebcff9f40db510fa35041b33"
		"94cae55196cdd4c416733a5f5938360731db0b8ed8c41e14f3321717081e5aa655aa51b3ae5a",
	  .packet = "01c817930000c1ce5d15c2f52d2d6ad2287436baa8d6754a0a1222bd8fd9864b2ab374d5c31bd84a"
		"daa9d2d7cb36389bf1eef4967c741cbb02a94b348654c697438ca554b6be1b886f454b675544b17a"
		"3d94c5bced732ce0d88c6c03c482a83a399add85cd068e9a645c198eea3797ee1c3e173dc4d4b4e0" },
	{ .suite = "aes128ctr-sha384", .spi = 0x0113420c, .esn = true, .seq = 6306134407216378552u, .next_header = 0,
	  .keymat = "538e06d90f29311603adcbb90e4059f9fb92d259a86b6da9ec514efa56d76e917c8a0f4bdd33f580"
		"5bcc085e04ed0a24695f66f86058455dca76f4dc19e8e4cccfc137ee",
	  .iv = "9989443fa6e7be55",
	  .payload = "6077b73fa3a532c2eb883c3f03",
	  .packet = "0113420c000032b89989443fa6e7be556eb674dd0f5de4ac4420f1682598f406cd335d3177e2323e"
		"5e1ba98b65cac6f7aafb55c188edb640" },
	{ .suite = "aes128ctr-sha384", .spi = 0x01823571, .esn = true, .seq = 2871949441475059455u, .next_header = 115,
	  .keymat = "538e06d90f29311603adcbb90e4059f9fb92d259a86b6da9ec514efa56d76e917c8a0f4bdd33f580"
		"5bcc085e04ed0a24695f66f86058455dca76f4dc19e8e4cccfc137ee",
	  .iv = "1239f238b668aeb9",
	  .payload = "7c7f240fc1ac6ec3f90cdaeaf9735de2f76a82fb5aa751f8e90fc61082770e1401ae51dcf9bc7951",
	  .packet = "0182357100009eff1239f238b668aeb9fc6c9dcea3da30ab7b47003bc45ebc359806381996ac6aa6"
		"c76b8c659b00e934887f28f9af1172f19e929226a3fca8221ef1e9a4110de584cc7c9c38fddb7ac5"
		"a056d28b" },
	{ .suite = "aes128ctr-xcbc", .spi = 0x01104248, .esn = false, .seq = 41489u, .next_header = 115,
	  .keymat = "8f72b22e2873f1a7c079d504e9641524c27384457ec0138d7e477e7841b331ee6605c270",
	  .iv = "4ca070f66131307e",
	  .payload = "",
	  .packet = "011042480000a2114ca070f66131307eec98672649374a335e27f7d8cecb8fc0" },
	{ .suite = "aes128ctr-xcbc", .spi = 0x01854cc7, .esn = false, .seq = 27022u, .next_header = 0,
	  .keymat = "8f72b22e2873f1a7c079d504e9641524c27384457ec0138d7e477e7841b331ee6605c270",
	  .iv = "4f20e09c3f233ad5",
	  .payload = "6b5c909f649dc1fddf335fc636",
	  .packet = "01854cc70000698e4f20e09c3f233ad5812a650d9c96d841d621d342646d8669607910ca6839d173"
		"c52d3bc4" },
	{ .suite = "aes128ctr-xcbc", .spi = 0x011fb86a, .esn = false, .seq = 61058u, .next_header = 115,
	  .keymat = "8f72b22e2873f1a7c079d504e9641524c27384457ec0138d7e477e7841b331ee6605c270",
	  .iv = "670d8bba254354d4",
	  .payload = "653f434ef024f1a1fee4bbdad54c1c8b987ebc788917d1b804c412ad9f58875c21df0318bdfbaa89"
		"2e06a922648a8b6c589bc4c5b78080d06db8f7e2ce00c37e49833b42b73ecdfd6ebe3bef14ae",
	  .packet = "011fb86a0000ee82670d8bba254354d4099db84bee4cb8d319699c3031e5c007c8ccc47c57e30018"
		"b1e80ba7e0b451533b2214d0c05b4d254e8e3ad14464cd4f309c003f33d0949448673cb04df8d722"
		"9e9bf66887c5dd5a78434c5a8cffd7da24af89f953b56592d31042c7" },
	{ .suite = "aes128ctr-xcbc", .spi = 0x01a231fa, .esn = true, .seq = 414290947644341799u, .next_header = 0,
	  .keymat = "8f72b22e2873f1a7c079d504e9641524c27384457ec0138d7e477e7841b331ee6605c270",
	  .iv = "e04efc3b1b0d2dd5",
	  .payload = "c408c99b9fa7429f4fbeff8510",
	  .packet = "01a231fa00003e27e04efc3b1b0d2dd517ff596990accf94a6ddbafdeeda25c8b0561efe41399961"
		"cf07e545" },
	{ .suite = "aes128ctr-xcbc", .spi = 0x01bc0c80, .esn = true, .seq = 4608949342575849040u, .next_header = 115,
	  .keymat = "8f72b22e2873f1a7c079d504e9641524c27384457ec0138d7e477e7841b331ee6605c270",
	  .iv = "d9d9efd92ac3abaf",
	  .payload = "9d72f5186c51724e913a16105a986cc0bfee287b6ec0b77f385744310f3ca671ea30f87a4e1660e4",
	  .packet = "01bc0c800000ee50d9d9efd92ac3abafb6571f59e2f161683dec7d38ece8a17c2eeb7b16c7f80eaa"
		"d8d34d4ab0ac816b7877f9fa78e88393aa286470c6516fd7208a576fe8502aa9" },
	{ .suite = "aes128ctr-cmac", .spi = 0x0187eeed, .esn = false, .seq = 62951u, .next_header = 115,
	  .keymat = "045953f4a137bf38e1c4276f2e98c5ebf011ea73928401b6f4c5c6cb66c365a42c6bb304",
	  .iv = "1d1a419b6a8e9286",
	  .payload = "",
	  .packet = "0187eeed0000f5e71d1a419b6a8e9286f2d8b9e692b3f5974c04066b2c000d1c" },
	{ .suite = "aes128ctr-cmac", .spi = 0x016af2ff, .esn = false, .seq = 7222u, .next_header = 0,
	  .keymat = "045953f4a137bf38e1c4276f2e98c5ebf011ea73928401b6f4c5c6cb66c365a42c6bb304",
	  .iv = "550c52cc626e0583",
	  .payload = "60d1cd6719fb7569c3b5a8a04f",
	  .packet = "016af2ff00001c36550c52cc626e058392ff33ef50123e0233957627924a762d27e0767de7ae84cc"
		"041e469c" },
	{ .suite = "aes128ctr-cmac", .spi = 0x0158bd47, .esn = false, .seq = 4961u, .next_header = 115,
	  .keymat = "045953f4a137bf38e1c4276f2e98c5ebf011ea73928401b6f4c5c6cb66c365a42c6bb304",
	  .iv = "2f8b3a7a44bd8321",
	  .payload = "8308bf3563e574c755095f9a8adbed7933303ee0d5ef9d2d0c718d51c4f1cfa9a3e40cc6336bb987"
		"7e641a25fc35bd1cbf71ddfe8e8fdd8767c5084067c9f007b149945e1f6451bb29f957455db0",
	  .packet = "0158bd47000013612f8b3a7a44bd8321dc8f96c4ca28a97691a1d242d22977692deeffa8e8fe7e8b"
		"04c0389e1f650d4c728a2869ada3ed459e7f10fa4433da59aef93ee0030d448343e4c562b2851385"
		"1c417b5a0fae8c488e0ad9acd57b728ddcc5e3ca14bcf0ed1e44a56b" },
	{ .suite = "aes128ctr-cmac", .spi = 0x015b5c84, .esn = true, .seq = 14941027789158020134u, .next_header = 0,
	  .keymat = "045953f4a137bf38e1c4276f2e98c5ebf011ea73928401b6f4c5c6cb66c365a42c6bb304",
	  .iv = "60d8af25f874b824",
	  .payload = "830211547086e5484a20c84996",
	  .packet = "015b5c840000f42660d8af25f874b824d7efde19295728eec761462a4034cfd69e535b3995240100"
		"310c701c" },
	{ .suite = "aes128ctr-cmac", .spi = 0x01cd6f8e, .esn = true, .seq = 16012187710747848240u, .next_header = 115,
	  .keymat = "045953f4a137bf38e1c4276f2e98c5ebf011ea73928401b6f4c5c6cb66c365a42c6bb304",
	  .iv = "1deb9d9b3d894969",
	  .payload = "869fd248faddd6aa1cc3b5f9fc9d975ff00ea50965d5ff8f7f8d28759dbab4bae46f82f39b30061f",
	  .packet = "01cd6f8e00002e301deb9d9b3d8949693df21b4131d17aabc3cf056ea41cf9be6ba7e7444b207a0e"
		"be49774a12b4f97e55b92e783e36e399db87b5b0b2d0de6f370ba341010de8b0" },
	{ .suite = "aes128ctr-md5", .spi = 0x019c43bc, .esn = false, .seq = 54016u, .next_header = 115,
	  .keymat = "33e10a2eac3fae24e32e0d47bfbceb1c003dbb4cda85a4c3169053f6be05cf2b04c99fad",
	  .iv = "bbcb3f3b7f813274",
	  .payload = "",
	  .packet = "019c43bc0000d300bbcb3f3b7f813274e9fa3c95f32fed77c85f818436277268" },
	{ .suite = "aes128ctr-md5", .spi = 0x01de7238, .esn = false, .seq = 55078u, .next_header = 0,
	  .keymat = "33e10a2eac3fae24e32e0d47bfbceb1c003dbb4cda85a4c3169053f6be05cf2b04c99fad",
	  .iv = "b1693cd6aab48d59",
	  .payload = "7c6d2d43231d84c4fdb12ca654",
	  .packet = "01de72380000d726b1693cd6aab48d59b7abebf01778661a03ccbbb7cd23577d6102a68b11eb0f20"
		"54c015a4" },
	{ .suite = "aes128ctr-md5", .spi = 0x0199eafc, .esn = false, .seq = 27010u, .next_header = 115,
	  .keymat = "33e10a2eac3fae24e32e0d47bfbceb1c003dbb4cda85a4c3169053f6be05cf2b04c99fad",
	  .iv = "fdaa303f5759549b",
	  .payload = "47882ba13f299476c13f2946abe7acfacd28291411bacad7ee6c019bd0da70e52daf10ac6d6d065e"
		"aa460f3cd0977d0b7ef9c9b758861747360aa274966f6d81a96135c057d8a477d6839d7d8587",
	  .packet = "0199eafc00006982fdaa303f5759549b68adc078076c04d8f2fc39656ef283eaf8365ea1cf544ba9"
		"21b7a4f06f76dabc980d37c6f7fd46379e787c35679eba50d396debf7a4fbe0dfeb4f444eabcb54a"
		"ab132d3fc19af25fe2226a9a92aa765eec0a0c0bedc91fd6d58f04f1" },
	{ .suite = "aes128ctr-md5", .spi = 0x0133dc79, .esn = true, .seq = 3753685684515257739u, .next_header = 0,
	  .keymat = "33e10a2eac3fae24e32e0d47bfbceb1c003dbb4cda85a4c3169053f6be05cf2b04c99fad",
	  .iv = "b8090dce3e42c36c",
	  .payload = "7b82598a2329360ba44e9cea50",
	  .packet = "0133dc7900003d8bb8090dce3e42c36c9648d958b9deb153c9c71cb03cfd84eeb6100a91865fafe9"
		"97d75721" },
	{ .suite = "aes128ctr-md5", .spi = 0x01862907, .esn = true, .seq = 5265662941784495590u, .next_header = 115,
	  .keymat = "33e10a2eac3fae24e32e0d47bfbceb1c003dbb4cda85a4c3169053f6be05cf2b04c99fad",
	  .iv = "b0b6ce27914eb349",
	  .payload = "3a5e0edf4dbe09e15b929798de0d209c4c1e6db5914002db5d84bd3375d7497a93e4dfe984d51f7d",
	  .packet = "018629070000d5e6b0b6ce27914eb349b1fcd247d669ee94b8f1e0c98c5a5396d289a8dc570379c8"
		"753d1d453e61d6e6820de5df9b6c035c5f48bb372ec5d1dce6f845238adb02b5" },
	{ .suite = "3des-sha256", .spi = 0x01a10851, .esn = false, .seq = 2779u, .next_header = 115,
	  .keymat = "ab42bb9aaa7041fae40fc26ad7d3c78b97bbab9e8ec6c0b2ba60b8d146a6233b7d153f125186996e"
		"f0a97cd6323c537aa9ecdaf29f90ad65",
	  .iv = "fb804aa39eac5e3a",
	  .payload = "",
	  .packet = "01a1085100000adbfb804aa39eac5e3a1116e6c19ef46cd303e97fb98090e600770a9a7e3c3d4e6d" },
	{ .suite = "3des-sha256", .spi = 0x0151001d, .esn = false, .seq = 32643u, .next_header = 0,
	  .keymat = "ab42bb9aaa7041fae40fc26ad7d3c78b97bbab9e8ec6c0b2ba60b8d146a6233b7d153f125186996e"
		"f0a97cd6323c537aa9ecdaf29f90ad65",
	  .iv = "fd097d879d24f0d1",
	  .payload = "8be0ae7565299210ed6c3714e3",
	  .packet = "0151001d00007f83fd097d879d24f0d1b0252bc1557ef7682a2e2c0b726d51de596920f682afc5de"
		"37854e22722f82f6" },
	{ .suite = "3des-sha256", .spi = 0x01cabf90, .esn = false, .seq = 5613u, .next_header = 115,
	  .keymat = "ab42bb9aaa7041fae40fc26ad7d3c78b97bbab9e8ec6c0b2ba60b8d146a6233b7d153f125186996e"
		"f0a97cd6323c537aa9ecdaf29f90ad65",
	  .iv = "c1fd844d445cb6de",
	  .payload = "c5281373ea5caa827b7d46b1e2f75c79dea2f5837b5c1b107d76b1f49625cd9c3bee53b1b3b6ec6b"
		"c7aae911bf78a0a1f513fa04b95435a4287c50df5da14de29c2a09bb996387f38eb57cc724c9",
	  .packet = "01cabf90000015edc1fd844d445cb6de97300ce0f451a3e9d64adf3638fbd197c5ed5ec3c74ada5a"
		"ab128c6f42ab6ea00f158434330b9a21fac4ce8cc309738294196c65520784e7980a2c727cd032ea"
		"4611a93db46b467172c7a738d13e76e425817cf379370eef746ccfaba35b7d21" },
	{ .suite = "3des-sha256", .spi = 0x01d089c4, .esn = true, .seq = 10587662814971724710u, .next_header = 0,
	  .keymat = "ab42bb9aaa7041fae40fc26ad7d3c78b97bbab9e8ec6c0b2ba60b8d146a6233b7d153f125186996e"
		"f0a97cd6323c537aa9ecdaf29f90ad65",
	  .iv = "9dc093711846a4e7",
	  .payload = "3c4fcad7924e5ed64e670484ac",
	  .packet = "01d089c4000083a69dc093711846a4e7c5a7cc4863b951b7282660558681b3005e8f601738bf29db"
		"48c772bb740d7d7b" },
	{ .suite = "3des-sha256", .spi = 0x0149af1a, .esn = true, .seq = 3512674067146609260u, .next_header = 115,
	  .keymat = "ab42bb9aaa7041fae40fc26ad7d3c78b97bbab9e8ec6c0b2ba60b8d146a6233b7d153f125186996e"
		"f0a97cd6323c537aa9ecdaf29f90ad65",
	  .iv = "f5483c1383084b33",
	  .payload = "fbd3ff1efd2d2fb61bea90083bd0b98fdb1cd63ba13e030fbb6ef06becdc6333b6173753030ebbd1",
	  .packet = "0149af1a0000126cf5483c1383084b33ac83c28cd087f79c654e3dd7f6a245d1fb89aaef7d36e324"
		"4981322a45a36e5a5ab75fea0e0a70369c3e9f0be09a0e7541cbe6c6ecb6f78212982f8fff451760" },
	{ .suite = "3des-sha1", .spi = 0x01bd8c62, .esn = false, .seq = 2377u, .next_header = 115,
	  .keymat = "1ea8a3dfd60b31497c53f4e09d9a59a0e3dd54959fd5158c52c5c13a1e87aaf95f32a62e724f86f8"
		"18cfcd7e",
	  .iv = "d2ad46778c46f524",
	  .payload = "",
	  .packet = "01bd8c6200000949d2ad46778c46f524d4c3d6f0621675b4ceb8720afdb3c7a213d9aa12" },
	{ .suite = "3des-sha1", .spi = 0x011d7ae3, .esn = false, .seq = 61676u, .next_header = 0,
	  .keymat = "1ea8a3dfd60b31497c53f4e09d9a59a0e3dd54959fd5158c52c5c13a1e87aaf95f32a62e724f86f8"
		"18cfcd7e",
	  .iv = "31405ac6a3726d84",
	  .payload = "aaea1f385027901709011b6906",
	  .packet = "011d7ae30000f0ec31405ac6a3726d84f078014db3d79a0b2fed1bc4cad277134b3f55be997f0ac7"
		"862ab3d4" },
	{ .suite = "3des-sha1", .spi = 0x0135b036, .esn = false, .seq = 31150u, .next_header = 115,
	  .keymat = "1ea8a3dfd60b31497c53f4e09d9a59a0e3dd54959fd5158c52c5c13a1e87aaf95f32a62e724f86f8"
		"18cfcd7e",
	  .iv = "510665f4da22f941",
	  .payload = "c68275027e13ecfdd611ce9a89a39c5c4d4c509ac71c0c59d742c8f5485c5724e34282e737c3f804"
		"31cd12299416f6365513112fb1e01584db7664060b02894e1fa96b6ec3fc5c3773e37452e4d8",
	  .packet = "0135b036000079ae510665f4da22f9411f219a20bc41cb96fb3daefda85f5f625f1b2c982a05b3e5"
		"d7079ea657ee681106e0e9fc9afb02dc71758fa38373cb1caad045e6d7fbac7697ab6452cbfaadc6"
		"6a2355227f3a99e4df173a4aa7e2ce2b46a0d3dcb64c3d097d21d1cb" },
	{ .suite = "3des-sha1", .spi = 0x019b507f, .esn = true, .seq = 16139691408431782632u, .next_header = 0,
	  .keymat = "1ea8a3dfd60b31497c53f4e09d9a59a0e3dd54959fd5158c52c5c13a1e87aaf95f32a62e724f86f8"
		"18cfcd7e",
	  .iv = "447a43a70043ead4",
	  .payload = "90a55e81409b024193a561a883",
	  .packet = "019b507f00001ae8447a43a70043ead45347cf5e3126bfca1d4f1e70ef8b7a43c6422b1bcd6efef2"
		"9972c0f5" },
	{ .suite = "3des-sha1", .spi = 0x01839542, .esn = true, .seq = 14008190781144190922u, .next_header = 115,
	  .keymat = "1ea8a3dfd60b31497c53f4e09d9a59a0e3dd54959fd5158c52c5c13a1e87aaf95f32a62e724f86f8"
		"18cfcd7e",
	  .iv = "27c9eb523a8b1602",
	  .payload = "c6c58c0d533265a30ea1463d38bc36ea3b997965e8a35daa5c9f6d3ce978a846a803797ecf553974",
	  .packet = "0183954200004fca27c9eb523a8b16020a5ec528b9d71da236eda8a733d218faa09b048bdb15fdb3"
		"42ea93645f452d10e6c1bd0e843ff7937e415412115badf6584c5feef745472e8fa57d02" },
	{ .suite = "3des-sha512", .spi = 0x015c90a8, .esn = false, .seq = 47879u, .next_header = 115,
	  .keymat = "4e8bc318b43dc194fd1f87cb4f13b6a1336d95a832912cb786a5b34b0720fd2e346947c7d3d54b28"
		"bc2ee79bad3f8bfadd904f1d756787737ededcb87da3549b5d5bd71e85cb226554f74256342a80ab"
		"13ba876a6e81921f",
	  .iv = "b16562938dd7e0fb",
	  .payload = "",
	  .packet = "015c90a80000bb07b16562938dd7e0fbda207a79a69aae66e73a695f792074e8943e07c1732f365b"
		"8b295ce06ca9c4137ee79fb6a19c8387" },
	{ .suite = "3des-sha512", .spi = 0x0102c3b9, .esn = false, .seq = 6303u, .next_header = 0,
	  .keymat = "4e8bc318b43dc194fd1f87cb4f13b6a1336d95a832912cb786a5b34b0720fd2e346947c7d3d54b28"
		"bc2ee79bad3f8bfadd904f1d756787737ededcb87da3549b5d5bd71e85cb226554f74256342a80ab"
		"13ba876a6e81921f",
	  .iv = "1d8146b9ad9db2f1",
	  .payload = "d7e58571194cef077029fac3a5",
	  .packet = "0102c3b90000189f1d8146b9ad9db2f18c1468ab2797fc18ea6dbeef60037cd14b63ff2114e2494d"
		"3ce1812ee7971ca735a7125f233b8d4778a5f6b6ac304cfd" },
	{ .suite = "3des-sha512", .spi = 0x0127901c, .esn = false, .seq = 17097u, .next_header = 115,
	  .keymat = "4e8bc318b43dc194fd1f87cb4f13b6a1336d95a832912cb786a5b34b0720fd2e346947c7d3d54b28"
		"bc2ee79bad3f8bfadd904f1d756787737ededcb87da3549b5d5bd71e85cb226554f74256342a80ab"
		"13ba876a6e81921f",
	  .iv = "292ba080a43ea29d",
	  .payload = "cb37c762583d28f34832defb943f48b06b8958f9771ea4a1ca673f41531e9d7391a379e92fceddeb"
		"b833f03901e62e1985a5969cb485dbb49b524d00c09020f6a71d3326eec84a90a355ab735325",
	  .packet = "0127901c000042c9292ba080a43ea29ddc8ec599a9affee48859b0b2d3ba8f7690527ec62ff4cd13"
		"6ed5a56f9278bd5d003691259781ce7be0daffc988516f69251e6701a744dabd30eecb90d638c76b"
		"9be503b334e6b515823297d017b5659eb2049ab93757554b5aee289af07cf8cde63f6ab9e0fe2b52"
		"f7b2e7ca3f2a9db9" },
	{ .suite = "3des-sha512", .spi = 0x01290e31, .esn = true, .seq = 10268124429334636383u, .next_header = 0,
	  .keymat = "4e8bc318b43dc194fd1f87cb4f13b6a1336d95a832912cb786a5b34b0720fd2e346947c7d3d54b28"
		"bc2ee79bad3f8bfadd904f1d756787737ededcb87da3549b5d5bd71e85cb226554f74256342a80ab"
		"13ba876a6e81921f",
	  .iv = "42e8b21cc9a67601",
	  .payload = "0aa7b0c6827e4d2fef7509f05a",
	  .packet = "01290e310000675f42e8b21cc9a67601cb73776f6723942ec1236e0e7b5c649996a876c601720b6a"
		"f6a5f4e39f6d366f1efdce8283a80883418ed03942675382" },
	{ .suite = "3des-sha512", .spi = 0x01716319, .esn = true, .seq = 2669611298777473272u, .next_header = 115,
	  .keymat = "4e8bc318b43dc194fd1f87cb4f13b6a1336d95a832912cb786a5b34b0720fd2e346947c7d3d54b28"
		"bc2ee79bad3f8bfadd904f1d756787737ededcb87da3549b5d5bd71e85cb226554f74256342a80ab"
		"13ba876a6e81921f",
	  .iv = "a0c359d83d36e0a3",
	  .payload = "5ebb3e9a677a57bdcfbc462d376bde1ba02f2e5d1504c8defbfb14d7a85774c33f35d0f6f95318da",
	  .packet = "01716319000020f8a0c359d83d36e0a3d99569cf06fe62daef00cf7147562f9d0938628990180b0e"
		"d91b44ea4b1c41ff3d1578cf9bcde56e848c1a0321b6251e73204011f97de4e7e481a2e7644af811"
		"d7c30ab91d328866205e8ed6f8b25a02" },
	{ .suite = "3des-sha384", .spi = 0x017152b6, .esn = false, .seq = 25642u, .next_header = 115,
	  .keymat = "35d7584df6fe92fb81b28550fd520678362a4349b240d231fff202d33c722d646d13bf2891ba1521"
		"0be74d572b208e0d1066b15a07f093f9c3fc885ce31c622970fb98a3c6b4dbe8",
	  .iv = "2ef06f7ac9ab8975",
	  .payload = "",
	  .packet = "017152b60000642a2ef06f7ac9ab897529150a36e0e8f67ac11e0a9ceaed06b4072812c9ddbb6d7e"
		"f855e1da8a1bcc1d" },
	{ .suite = "3des-sha384", .spi = 0x013b7467, .esn = false, .seq = 38424u, .next_header = 0,
	  .keymat = "35d7584df6fe92fb81b28550fd520678362a4349b240d231fff202d33c722d646d13bf2891ba1521"
		"0be74d572b208e0d1066b15a07f093f9c3fc885ce31c622970fb98a3c6b4dbe8",
	  .iv = "f82722c943062660",
	  .payload = "4d356f941827e47b07a81b3a68",
	  .packet = "013b746700009618f82722c9430626603a30d0e5d4824c9e0045e97d0f9d13d10ae3ed20d2495667"
		"60a34511ef54f521cd8dbdab6f18fd15" },
	{ .suite = "3des-sha384", .spi = 0x01cab125, .esn = false, .seq = 55181u, .next_header = 115,
	  .keymat = "35d7584df6fe92fb81b28550fd520678362a4349b240d231fff202d33c722d646d13bf2891ba1521"
		"0be74d572b208e0d1066b15a07f093f9c3fc885ce31c622970fb98a3c6b4dbe8",
	  .iv = "45f7b49e33f6389e",
	  .payload = "a3292f490fe77e0cda687f30fd4c43713b87ad742a7b183d485e6eaa0aaff72beb0a969483cff83d"
		"e07497c1843ea75d092220894f15f2a4df687c1c63ee0d26180a6c3a5613537a4acdd74e55c8",
	  .packet = "01cab1250000d78d45f7b49e33f6389e4ec213925c90a438f4d040bce8d8e1d178a79749ebdec0ae"
		"a0eaff4ed44de287e26771daa14a75f5a97ee0654d4eaf8401f8cdd1d254ea7d58659ec5f9082549"
		"4d0846bad9f9b72e7433170ccbb3c79f4889c74c3ed155f2f46c1f9f595a768aad0056570897c55d" },
	{ .suite = "3des-sha384", .spi = 0x0118999f, .esn = true, .seq = 3057530185151690023u, .next_header = 0,
	  .keymat = "35d7584df6fe92fb81b28550fd520678362a4349b240d231fff202d33c722d646d13bf2891ba1521"
		"0be74d572b208e0d1066b15a07f093f9c3fc885ce31c622970fb98a3c6b4dbe8",
	  .iv = "68f03ffe6532b120",
	  .payload = "7833ce5176ed7a67eb87628e11",
	  .packet = "0118999f0000352768f03ffe6532b120358144308cfee10e2f3230a573c1f8401286a17c1d0a1b2d"
		"00b6a9ae542cb3f8f413f5ebb8b27da7" },
	{ .suite = "3des-sha384", .spi = 0x017a1fe7, .esn = true, .seq = 11090459333345953975u, .next_header = 115,
	  .keymat = "35d7584df6fe92fb81b28550fd520678362a4349b240d231fff202d33c722d646d13bf2891ba1521"
		"0be74d572b208e0d1066b15a07f093f9c3fc885ce31c622970fb98a3c6b4dbe8",
	  .iv = "58d3c0ab5c407eb4",
	  .payload = "e48945a220860d20a881dde1d0d9c66c085186e00678743774b5bbc3210a31209f578896fe509517",
	  .packet = "017a1fe7000048b758d3c0ab5c407eb4680618f8822ccb0d2dbed9aa3a3230d2dbf7c1511e67017e"
		"f9f8257c2e1a109e0309dc00960ae33ab0f187d94a2eadf28c0443149b30e3547dcf350a72bf3ff9"
		"f54776477e3d73ee" },
	{ .suite = "3des-xcbc", .spi = 0x0110a066, .esn = false, .seq = 35895u, .next_header = 115,
	  .keymat = "9b828a06323ec06468110cc91c7a69e5e732c27760415827ee18e6dd0ebdf454450fc8131c12abe3",
	  .iv = "b3dd89e1f8b3a4a5",
	  .payload = "",
	  .packet = "0110a06600008c37b3dd89e1f8b3a4a52bc47ae31e60efd0bcc08fb79ce095857b2f0a7c" },
	{ .suite = "3des-xcbc", .spi = 0x0166c396, .esn = false, .seq = 5084u, .next_header = 0,
	  .keymat = "9b828a06323ec06468110cc91c7a69e5e732c27760415827ee18e6dd0ebdf454450fc8131c12abe3",
	  .iv = "b6e58a1492bf6030",
	  .payload = "5a2d5122f037841a241adccc61",
	  .packet = "0166c396000013dcb6e58a1492bf6030347641f479975ad9d42c14caea5fe3b0f2242fc92496f5ca"
		"dd9b9040" },
	{ .suite = "3des-xcbc", .spi = 0x017404d1, .esn = false, .seq = 43072u, .next_header = 115,
	  .keymat = "9b828a06323ec06468110cc91c7a69e5e732c27760415827ee18e6dd0ebdf454450fc8131c12abe3",
	  .iv = "1a32e41f25d5cb13",
	  .payload = "6a1e0e5b5c52400571a4b228cb13956dcf7d842cb787b222a79f7a6ba9f8d2e0615ea7ff38363ded"
		"8cb62209fb25ac30009eea07a893258a07ab10db571bfa0eb80f317512d81a9f5f54db032a2d",
	  .packet = "017404d10000a8401a32e41f25d5cb13126fbb46b6d8ea4e6b696dc88e602d63b58fcab982029887"
		"60b4c0e2ed53a6eaddcda3ef1773d5722fecf46a78603a0042d095dc49db03b8264bdd3d0fecf972"
		"1aec13addd0950c248be27688155de2f3c58a60fe5648482abbb34d5" },
	{ .suite = "3des-xcbc", .spi = 0x0155ade2, .esn = true, .seq = 10960169692240547439u, .next_header = 0,
	  .keymat = "9b828a06323ec06468110cc91c7a69e5e732c27760415827ee18e6dd0ebdf454450fc8131c12abe3",
	  .iv = "b63dfbc7c68a4760",
	  .payload = "42478d0572ca243a89e959a3a1",
	  .packet = "0155ade200000e6fb63dfbc7c68a4760fc6596606596048bf8dc8fe29c8854220ea411e7e72f3e28"
		"5bb68708" },
	{ .suite = "3des-xcbc", .spi = 0x014e6296, .esn = true, .seq = 16334999664623369848u, .next_header = 115,
	  .keymat = "9b828a06323ec06468110cc91c7a69e5e732c27760415827ee18e6dd0ebdf454450fc8131c12abe3",
	  .iv = "701efd1e1216cdcd",
	  .payload = "9e1eabacea09a3740297b5c55b7562532820dc04dc0807be4eb6d24e6cc737fe467878cb919b4667",
	  .packet = "014e629600003e78701efd1e1216cdcde44f735b178f84a5d3077a4b1b67e0658c644a4421d9dacb"
		"93056d3684664f377d7a92a64f09e19d8f49fcd4e66c4fc157a8dd1520180795d53dc051" },
	{ .suite = "3des-cmac", .spi = 0x0131bc6f, .esn = false, .seq = 64286u, .next_header = 115,
	  .keymat = "e2f3ec83e98b6eb61fc341998fa5085cc44d120101c855ccfde30f70c83a0e52cd4d34d10e0e83a3",
	  .iv = "a288cd555d520846",
	  .payload = "",
	  .packet = "0131bc6f0000fb1ea288cd555d5208461be18040e8cc682f6bcb1e3884fcfa9c14420819" },
	{ .suite = "3des-cmac", .spi = 0x01ffc682, .esn = false, .seq = 24681u, .next_header = 0,
	  .keymat = "e2f3ec83e98b6eb61fc341998fa5085cc44d120101c855ccfde30f70c83a0e52cd4d34d10e0e83a3",
	  .iv = "12d8af915247350f",
	  .payload = "80795605d4239112c54d294b2a",
	  .packet = "01ffc6820000606912d8af915247350f1e4d3167141c13f3995bef01b30fbabba6fa1cc9cab67a19"
		"27a79bb6" },
	{ .suite = "3des-cmac", .spi = 0x01040ab3, .esn = false, .seq = 18647u, .next_header = 115,
	  .keymat = "e2f3ec83e98b6eb61fc341998fa5085cc44d120101c855ccfde30f70c83a0e52cd4d34d10e0e83a3",
	  .iv = "00cf1c48b254f06d",
	  .payload = "b157839fa95027a2401291bb8c88e9db452072e8721128bc638f80d191c5ce7855c880101fe451b7"
		"ae269337e6f498f4f8190091227f18bae9c37986188c159cd0244703c4613960ca19706f7546",
	  .packet = "01040ab3000048d700cf1c48b254f06d9cf6a64dfe39dcbdc130e07356056b19362c9e6ec4005228"
		"6383903f125be9aefda4050007796b318e58880195686c0a8495bb3b397c3996baec435b1ce3c3be"
		"900b301b76944372e951ce295b952755e325e4220001f43945639745" },
	{ .suite = "3des-cmac", .spi = 0x01731e47, .esn = true, .seq = 4023173867064274469u, .next_header = 0,
	  .keymat = "e2f3ec83e98b6eb61fc341998fa5085cc44d120101c855ccfde30f70c83a0e52cd4d34d10e0e83a3",
	  .iv = "5ca2ca5d6bfad213",
	  .payload = "f06fb1b43dee2b9121c6e278f4",
	  .packet = "01731e4700002e255ca2ca5d6bfad213294382639fe3610a167d5f533b6e706b844036c110c5c2b0"
		"4b733db3" },
	{ .suite = "3des-cmac", .spi = 0x013c5ff4, .esn = true, .seq = 7098568152639904826u, .next_header = 115,
	  .keymat = "e2f3ec83e98b6eb61fc341998fa5085cc44d120101c855ccfde30f70c83a0e52cd4d34d10e0e83a3",
	  .iv = "dff08ed8b3103fe9",
	  .payload = "8c27a4ee8a82d54b2ba21444ea926d7d2297fcbb2083f7daf2e92ede49f88e8a6131b9c47b9c96ab",
	  .packet = "013c5ff400009c3adff08ed8b3103fe93f7e1e4059b55df969459fec1cd047968378b5242d699693"
		"521fd6bcab64e7762a938cc968fea9e1d5281daad48cf3b4bb4489a3627ad984eab75186" },
	{ .suite = "3des-md5", .spi = 0x017d0ae4, .esn = false, .seq = 3824u, .next_header = 115,
	  .keymat = "cee6c876bf07a5e88913538884f6eb7e398f52f955704b3c2721ae558c4633be9766cc4c94272f95",
	  .iv = "cb96394359004f87",
	  .payload = "",
	  .packet = "017d0ae400000ef0cb96394359004f878de9a988308008f1cfa2fb94d4cfd05402acd6e6" },
	{ .suite = "3des-md5", .spi = 0x01069ffe, .esn = false, .seq = 24322u, .next_header = 0,
	  .keymat = "cee6c876bf07a5e88913538884f6eb7e398f52f955704b3c2721ae558c4633be9766cc4c94272f95",
	  .iv = "7846dd0214a7391a",
	  .payload = "520dd864100c5a3ab051da150e",
	  .packet = "01069ffe00005f027846dd0214a7391ab5d0777437a25702caa619aa2fd650f5e38175e0c14cdea4"
		"a565983c" },
	{ .suite = "3des-md5", .spi = 0x014a08da, .esn = false, .seq = 39085u, .next_header = 115,
	  .keymat = "cee6c876bf07a5e88913538884f6eb7e398f52f955704b3c2721ae558c4633be9766cc4c94272f95",
	  .iv = "2eea357659f293c7",
	  .payload = "b225968125c64fdfd9d021f66dea0ffbd8bed8b634f85843ce500ed824370c34fb016732bc513802"
		"dbf0694e58ba41549e61de8a76a74d65ec6a306b5b58ed11615202f1cf923fa18eea5b549d7a",
	  .packet = "014a08da000098ad2eea357659f293c78e60b3a5a337ad32aeaf01c85dc3c327312e87c2e95f4f66"
		"617c7f6261219c8f774d3f998080044de864f37f1612d0633785e23c339c1e1e944f7ab15c83d7cc"
		"1fed7ea1dcf1c2f9a9c1a657c29548950851e0f421473af41db1830d" },
	{ .suite = "3des-md5", .spi = 0x017a2017, .esn = true, .seq = 1187427615460317336u, .next_header = 0,
	  .keymat = "cee6c876bf07a5e88913538884f6eb7e398f52f955704b3c2721ae558c4633be9766cc4c94272f95",
	  .iv = "fc4cbc457fa51a2a",
	  .payload = "b7012f727d0c2e5edfa5c57b95",
	  .packet = "017a201700005898fc4cbc457fa51a2a6ae5d89930d11169242ba4a57d814fda1f046dad1ad887ef"
		"b5670249" },
	{ .suite = "3des-md5", .spi = 0x01d8a3a9, .esn = true, .seq = 9699492002252516551u, .next_header = 115,
	  .keymat = "cee6c876bf07a5e88913538884f6eb7e398f52f955704b3c2721ae558c4633be9766cc4c94272f95",
	  .iv = "146f5cb40991ec09",
	  .payload = "1eabc9009cb84f684b777a0fa01569f35e05b0b4833d86c5438ee0ef5e8bf80d13ad360b9163b226",
	  .packet = "01d8a3a90000ecc7146f5cb40991ec09af37c69aa7911cb62b23188340c9a2b6e8d6854d93878986"
		"c1d0ad4c6faa7edbb682c6bf9f7c04eeed37990f6126d3944e8389cfb096a1c74ccf2627" },
	{ .suite = "des-sha256", .spi = 0x0150eee9, .esn = false, .seq = 24651u, .next_header = 115,
	  .keymat = "8b209109ffef2b48bd259f437b0218bdaabb5ba1d0bd04e5334cfed39a5ff915d893f819e159d128",
	  .iv = "5c4298758a860712",
	  .payload = "",
	  .packet = "0150eee90000604b5c4298758a86071228e255c20b59ad03ad2d480bb9216e2c9b090e91d950e417" },
	{ .suite = "des-sha256", .spi = 0x01cea92c, .esn = false, .seq = 50993u, .next_header = 0,
	  .keymat = "8b209109ffef2b48bd259f437b0218bdaabb5ba1d0bd04e5334cfed39a5ff915d893f819e159d128",
	  .iv = "ba0a6fa7d9104e23",
	  .payload = "fb098c4f80a29be94d9fbf93fc",
	  .packet = "01cea92c0000c731ba0a6fa7d9104e239c1470f8901903dc884d482e00fdc9033011101028c49f91"
		"f90e0e972c6e43b2" },
	{ .suite = "des-sha256", .spi = 0x01f2cd72, .esn = false, .seq = 54207u, .next_header = 115,
	  .keymat = "8b209109ffef2b48bd259f437b0218bdaabb5ba1d0bd04e5334cfed39a5ff915d893f819e159d128",
	  .iv = "2e0167087a728497",
	  .payload = "3015a9ec3572975d69bf113da49c9ea4e5b585b9ab0a1fe9e5a4945799d7e1e3acc88a672d8c7579"
		"8ef95499e1d389500285855a1f1c0efd3d5a0b32355c9cb5f0dcfa32d9df7121faada37e09ba",
	  .packet = "01f2cd720000d3bf2e0167087a728497713ac146e06da454aabd62582cd250698a91d8cd934c5d9e"
		"7f5052ec0fd0515637b698c980b25b85f1d3c56186ef99ade5c76377ad2a95061b987e8db86bd483"
		"012e77b87c26697c298c9f5de1c09ecf2597808189d1bad5bc1f826b1d22bea5" },
	{ .suite = "des-sha256", .spi = 0x018e2339, .esn = true, .seq = 14946023789606004468u, .next_header = 0,
	  .keymat = "8b209109ffef2b48bd259f437b0218bdaabb5ba1d0bd04e5334cfed39a5ff915d893f819e159d128",
	  .iv = "186f94963d1c0d96",
	  .payload = "c4c54feaec2bc22d060201b4a6",
	  .packet = "018e23390000e6f4186f94963d1c0d96f4c53a36659123df929347c892f7752026317890bb502211"
		"68714df1f03c8577" },
	{ .suite = "des-sha256", .spi = 0x019179f1, .esn = true, .seq = 9267769809578233737u, .next_header = 115,
	  .keymat = "8b209109ffef2b48bd259f437b0218bdaabb5ba1d0bd04e5334cfed39a5ff915d893f819e159d128",
	  .iv = "3bfaa50585c33562",
	  .payload = "7eebb9743b025bbec52a25dd0c30e4cbf6f4c91e18928b9eafc877a9a2f036b1422f011af136c00a",
	  .packet = "019179f100000f893bfaa50585c33562950449c8e7873a1f98684f5d6163c0abf00184c3cfdf7919"
		"518b1e35886fb81d40ef3bec81187b7ac064cb6415156f91fbee239e28f2d4b1dc254816a3c63337" },
	{ .suite = "des-sha1", .spi = 0x01738391, .esn = false, .seq = 21193u, .next_header = 115,
	  .keymat = "28e6d9a28aad1c3ab73fc2c505986660adf8b43cf41d9f4522d8115a",
	  .iv = "47c5dc28395141a3",
	  .payload = "",
	  .packet = "01738391000052c947c5dc28395141a36db155c08939a498cca7cdbd71ad09caf24b1682" },
	{ .suite = "des-sha1", .spi = 0x0188d0da, .esn = false, .seq = 34294u, .next_header = 0,
	  .keymat = "28e6d9a28aad1c3ab73fc2c505986660adf8b43cf41d9f4522d8115a",
	  .iv = "74b614dc2e986dbe",
	  .payload = "54b301b289abc900f500587fd0",
	  .packet = "0188d0da000085f674b614dc2e986dbeb95254285cb1eddc84aba639c64f3aa2d3d92b9dc048eef9"
		"488150fe" },
	{ .suite = "des-sha1", .spi = 0x01e88d26, .esn = false, .seq = 56913u, .next_header = 115,
	  .keymat = "28e6d9a28aad1c3ab73fc2c505986660adf8b43cf41d9f4522d8115a",
	  .iv = "0ce7dcdbf7e9363f",
	  .payload = "3902891a7cbb721e0071755914acfaa7304421d18f3a23c4c093ab4406f280ee4998f26e0fc50960"
		"71234b8c88f74dbf79e71e97b3b18f76a46444ca809c999cf6d5501a602fcbd8a254a068aa03",
	  .packet = "01e88d260000de510ce7dcdbf7e9363fb5b7986a9d7fd5cbd3c7be74629cb4db90b5a8952dc26a2b"
		"6adb4e3ba79f5e1b86324e847fa0cc2ac65d7bc4bab59a51446897668635838a19523a0d5dc905ac"
		"ecf04130da4bf6bfcf5c15733a6ed4d4d7a3a2c90bb1abc90e9feb75" },
	{ .suite = "des-sha1", .spi = 0x0147bf3c, .esn = true, .seq = 5404390003193194034u, .next_header = 0,
	  .keymat = "28e6d9a28aad1c3ab73fc2c505986660adf8b43cf41d9f4522d8115a",
	  .iv = "33c706f9e74a6d64",
	  .payload = "bdee555d8352054fa8b9cb2479",
	  .packet = "0147bf3c0000a63233c706f9e74a6d64cbc1fab0d0411e3e3c43e082530f300043f4a911473742b4"
		"a4d6b75b" },
	{ .suite = "des-sha1", .spi = 0x01c2cec8, .esn = true, .seq = 9478589245670085899u, .next_header = 115,
	  .keymat = "28e6d9a28aad1c3ab73fc2c505986660adf8b43cf41d9f4522d8115a",
	  .iv = "7ba9719285eb6efa",
	  .payload = "0237e6f8a0803f3834fabfe5b6f89dc58569a94144ff9674da2955260c193df4ddf3550b7c76122d",
	  .packet = "01c2cec80000d50b7ba9719285eb6efa22a2577bf60e3d277709c8163728a98999d66ea34cee7560"
		"63826f3bdf78a17aa7f839d1f0b7251d823e9b0ce944a896ed69fe129922e07558095ddd" },
	{ .suite = "des-sha512", .spi = 0x01c3d263, .esn = false, .seq = 20103u, .next_header = 115,
	  .keymat = "69a054f5013fa53ac35e4bb083e17158f33751f2df6d1fdfe6b6fe8a2830b922108d1b9ed96f613e"
		"f62b8508b1146bd9420dfe64642ff5b5c676dcf507f86b1e6fde4a846d050c16",
	  .iv = "600487e1f19984e1",
	  .payload = "",
	  .packet = "01c3d26300004e87600487e1f19984e1fa8b5b6518bc2e65bd822d4b40adb1b0ed6dc7268b92560c"
		"686a7dabca60a1668012bcd31faa23c5" },
	{ .suite = "des-sha512", .spi = 0x01aa69dc, .esn = false, .seq = 59045u, .next_header = 0,
	  .keymat = "69a054f5013fa53ac35e4bb083e17158f33751f2df6d1fdfe6b6fe8a2830b922108d1b9ed96f613e"
		"f62b8508b1146bd9420dfe64642ff5b5c676dcf507f86b1e6fde4a846d050c16",
	  .iv = "b84fdb367001a435",
	  .payload = "fcb097682320a69e914e0b5127",
	  .packet = "01aa69dc0000e6a5b84fdb367001a435a4968059c296e7b8b9af45371980de2c2b670176d7d27255"
		"da4acc9d2203d15968b713bdc5f7b17e78dd40f3cdd7a23f" },
	{ .suite = "des-sha512", .spi = 0x013b199b, .esn = false, .seq = 48950u, .next_header = 115,
	  .keymat = "69a054f5013fa53ac35e4bb083e17158f33751f2df6d1fdfe6b6fe8a2830b922108d1b9ed96f613e"
		"f62b8508b1146bd9420dfe64642ff5b5c676dcf507f86b1e6fde4a846d050c16",
	  .iv = "5701da2eb3dd1b31",
	  .payload = "d2e6abbd497128b4962037383112d9a5afeab4deae5bf545aac182c9b5af630f4b8abf5effca4048"
		"6af2063130c5a7e22f51607cf1275b6b326ff0cf2db76e005dd0675bde08ae90c61aa17f2a25",
	  .packet = "013b199b0000bf365701da2eb3dd1b31be69880e7024931b5eaf11da99399288510707c0ebee514c"
		"c980d6ecc20a306d5555f0a39b7a5ba758c1e70962e561ca896082d2d0a187c3d30397b2d232e148"
		"4321cbfb35aaf6181b9ca0abb6b40f506c43f71650370b38dd11e13a18b6e44e56a0320f0a373974"
		"d7098b1727209417" },
	{ .suite = "des-sha512", .spi = 0x011834ea, .esn = true, .seq = 4743623569764813634u, .next_header = 0,
	  .keymat = "69a054f5013fa53ac35e4bb083e17158f33751f2df6d1fdfe6b6fe8a2830b922108d1b9ed96f613e"
		"f62b8508b1146bd9420dfe64642ff5b5c676dcf507f86b1e6fde4a846d050c16",
	  .iv = "33193b05904728aa",
	  .payload = "fa28f65052f86b5e6cd7cfbc82",
	  .packet = "011834ea00008b4233193b05904728aac9445fa9952c836c1a0de9b0e443e3db664bc0f59ed4f8ab"
		"960169177279ca87370bd900168164fd4b13589c57f4e9a3" },
	{ .suite = "des-sha512", .spi = 0x0143af8f, .esn = true, .seq = 2459241296653487355u, .next_header = 115,
	  .keymat = "69a054f5013fa53ac35e4bb083e17158f33751f2df6d1fdfe6b6fe8a2830b922108d1b9ed96f613e"
		"f62b8508b1146bd9420dfe64642ff5b5c676dcf507f86b1e6fde4a846d050c16",
	  .iv = "31a31efaa38545be",
	  .payload = "ec37c108c844d9de7f908400773b3b4c607f390d6d17f50f68987868dad956a5c608b218468c4060",
	  .packet = "0143af8f00008cfb31a31efaa38545beb604a5a8f4bf206b69bf2119c9bd40d0ce61cb8f2649028f"
		"86a27e9d64f383c35f9a3e77b1a63dc5968fd76cb9ec3f619d7133b393abf50faa4862c66243d0ba"
		"df07a63bdd5e4322880c97f2d330c738" },
	{ .suite = "des-sha384", .spi = 0x01fcc28e, .esn = false, .seq = 56633u, .next_header = 115,
	  .keymat = "ed062b80168e79b60a37d2846ffed485bdfa637526f387748d4ab344a97a4033e9fac94562d4accf"
		"f50e436dd52055dbc6f2b1ca4645f719",
	  .iv = "e7314bbe3ac6924c",
	  .payload = "",
	  .packet = "01fcc28e0000dd39e7314bbe3ac6924ce0d205065a75e11710ed36949035b28c5000e250d9209a70"
		"8292ec2e020fec41" },
	{ .suite = "des-sha384", .spi = 0x0135cdca, .esn = false, .seq = 63944u, .next_header = 0,
	  .keymat = "ed062b80168e79b60a37d2846ffed485bdfa637526f387748d4ab344a97a4033e9fac94562d4accf"
		"f50e436dd52055dbc6f2b1ca4645f719",
	  .iv = "084d396bc98a4b6d",
	  .payload = "baee1df944316629d519807833",
	  .packet = "0135cdca0000f9c8084d396bc98a4b6dfc7f7ccda432199315d6a8c5f6306e35e246dbb3de56d237"
		"96e4074073b1b5f262d2a1bd102980d6" },
	{ .suite = "des-sha384", .spi = 0x01ed3110, .esn = false, .seq = 2808u, .next_header = 115,
	  .keymat = "ed062b80168e79b60a37d2846ffed485bdfa637526f387748d4ab344a97a4033e9fac94562d4accf"
		"f50e436dd52055dbc6f2b1ca4645f719",
	  .iv = "3ddd8b5d32106372",
	  .payload = "f82bd0a8d4135e430dcc75d5f38670a0374281e46aa96f4162e08cbe87ee2a73a707d35c7127a8cc"
		"4b10cf5fa09c49b07e83b3a33c7458598036a078f9fc61737b7fdffc2fa2ff058f5414e5171f",
	  .packet = "01ed311000000af83ddd8b5d32106372a65f6e865ee58d009eb1bc1e93503ed20b48b1a0e288d10f"
		"423ba019ac150e33fe1a6a55aa5d07ce3a1115f5b6a88d9492ffb7596be4e3fb741987212c2680cd"
		"6bbe98af00f1b5dec5e9cc4c1b5f28247833e425ab670a2ce9d0f5ad756b94fc74d55abd2dd8c0e2" },
	{ .suite = "des-sha384", .spi = 0x01348756, .esn = true, .seq = 11899974515892988578u, .next_header = 0,
	  .keymat = "ed062b80168e79b60a37d2846ffed485bdfa637526f387748d4ab344a97a4033e9fac94562d4accf"
		"f50e436dd52055dbc6f2b1ca4645f719",
	  .iv = "2ce4f667def83d28",
	  .payload = "16443e9c04d2d941f959a41056",
	  .packet = "013487560000aaa22ce4f667def83d289c4a500c8e26878545a984df0f4f28d27aea3a9d9cb11e82"
		"69d76dfe719ce4710fbfb1e96cc96c89" },
	{ .suite = "des-sha384", .spi = 0x019ba293, .esn = true, .seq = 16620906248719599097u, .next_header = 115,
	  .keymat = "ed062b80168e79b60a37d2846ffed485bdfa637526f387748d4ab344a97a4033e9fac94562d4accf"
		"f50e436dd52055dbc6f2b1ca4645f719",
	  .iv = "883a462bcc1a18a6",
	  .payload = "3555c4a63355696bab04bdc33637a77881f58c7c2177964f47f89a1036f6cc83d68fd52ae69ede16",
	  .packet = "019ba293000085f9883a462bcc1a18a6ad7ba80d09ef27e4ad3ce50ab1683ee6e91885dd8d3f83bd"
		"72925165e04c8b4705d7d2f181fb13126fcd6797fa49c93a3218d1c2cc62867ea67da5a4cfc4b892"
		"547453da466f9bae" },
	{ .suite = "des-xcbc", .spi = 0x012cae7d, .esn = false, .seq = 51713u, .next_header = 115,
	  .keymat = "de150d85da6b35a4f4ef6efb78cc476374b07f78028f078b",
	  .iv = "7f47c01c3870fc38",
	  .payload = "",
	  .packet = "012cae7d0000ca017f47c01c3870fc38a6533201b5fbae2e46bad18c36fee3d0aed7a426" },
	{ .suite = "des-xcbc", .spi = 0x015c76e4, .esn = false, .seq = 56611u, .next_header = 0,
	  .keymat = "de150d85da6b35a4f4ef6efb78cc476374b07f78028f078b",
	  .iv = "f784c8a7002f7835",
	  .payload = "351c0979e73c26a560bf33d8ce",
	  .packet = "015c76e40000dd23f784c8a7002f78351c70b7aee12ebbd073136bdc8c932c381e7c2ac590a8c72e"
		"acc5bc14" },
	{ .suite = "des-xcbc", .spi = 0x01fee44a, .esn = false, .seq = 52503u, .next_header = 115,
	  .keymat = "de150d85da6b35a4f4ef6efb78cc476374b07f78028f078b",
	  .iv = "761dc6e9309c7244",
	  .payload = "480a22a8206a0ae9076ba642bdc8983a2d2e4d7852995a0fe55afc744e1c64063b7e4e53ace88180"
		"16a258860777eb41830e52a6ca722ca3de2bf0b9a685dcdf35024273df3f34f9e0eedd521cbf",
	  .packet = "01fee44a0000cd17761dc6e9309c724436dcb2ea2c6a2a712497ab13b362830a795cbf4e2cb7eb42"
		"46d5e29e68f44bd95d3de4daeb4b1084d33d92ff570405288b149c9769cb836959900136939fc35b"
		"0ab3e48ce4c9a0d561c46a6a3e64648a37dd5d71775f82226fe9eca5" },
	{ .suite = "des-xcbc", .spi = 0x012f9f56, .esn = true, .seq = 7470716047952237476u, .next_header = 0,
	  .keymat = "de150d85da6b35a4f4ef6efb78cc476374b07f78028f078b",
	  .iv = "0e9645b689e6f495",
	  .payload = "d21cd77127fddee49191802634",
	  .packet = "012f9f560000d3a40e9645b689e6f4954525d514c9fa857faed7690c33063502631d3c8cafbd52a8"
		"d4d7aa2d" },
	{ .suite = "des-xcbc", .spi = 0x01f39211, .esn = true, .seq = 6614328396950309082u, .next_header = 115,
	  .keymat = "de150d85da6b35a4f4ef6efb78cc476374b07f78028f078b",
	  .iv = "65e0640272071d4f",
	  .payload = "8fc368f93cff874af38e5d6c2535f7472c1f99cfb61bac0e7247cc8ce853efa2d5b8f103c19d4857",
	  .packet = "01f39211000088da65e0640272071d4f5e2fe557a294b5c705706b1176ea6477f3120b4e7cacdb41"
		"324ef5d3a5965ea374def7ac20545dc5cb6dcbb4ffd3cabc5a824166f0819d049e7df5fe" },
	{ .suite = "des-cmac", .spi = 0x0112610a, .esn = false, .seq = 52811u, .next_header = 115,
	  .keymat = "80fcb2e4a7735bc089ee96793fd39833d34e685cf08446b1",
	  .iv = "eaedb808c8635565",
	  .payload = "",
	  .packet = "0112610a0000ce4beaedb808c8635565cb9d067e0ef2c4ef8584cc445156a4797c506508" },
	{ .suite = "des-cmac", .spi = 0x01de0277, .esn = false, .seq = 46921u, .next_header = 0,
	  .keymat = "80fcb2e4a7735bc089ee96793fd39833d34e685cf08446b1",
	  .iv = "fd36ff205434009c",
	  .payload = "91f5ab1d31a0b3a5069bd88799",
	  .packet = "01de02770000b749fd36ff205434009c66d2a1028c6701fcb5a6d50c1c3144810ea7f4710997e7c7"
		"fc7cb2d0" },
	{ .suite = "des-cmac", .spi = 0x01a00d76, .esn = false, .seq = 45897u, .next_header = 115,
	  .keymat = "80fcb2e4a7735bc089ee96793fd39833d34e685cf08446b1",
	  .iv = "f7c5a5b5407e0af3",
	  .payload = "f81bbea11862718a9b06f88941d66d6b487ec6057f908035e0c53274554a3fe720f12658b18dd89c"
		"4628f1f3fd0e385bf095f34612732fd9a420e8e4b8a1b53b9155c8dafda04d9f403216741ba7",
	  .packet = "01a00d760000b349f7c5a5b5407e0af3966e9dd472710af96483b7045d4e70b126bcbb9b18be3109"
		"cd7a38e9f9621967bfb828f1ad5ceafcac31158db61162af8ab2df06c5e6af97a9282c88d85184cc"
		"4d3bf9a9d2ed4fbb24c03d3cf03f3e6c7a662e855048ab25ffece095" },
	{ .suite = "des-cmac", .spi = 0x01a51523, .esn = true, .seq = 10274455730819983615u, .next_header = 0,
	  .keymat = "80fcb2e4a7735bc089ee96793fd39833d34e685cf08446b1",
	  .iv = "f23f7383cb7d295d",
	  .payload = "66cce55165e3f931f5ea8a8e38",
	  .packet = "01a51523000068fff23f7383cb7d295d4a56006f13fb39581e80422a1c5068617c6fe00026ad48ef"
		"79f96d01" },
	{ .suite = "des-cmac", .spi = 0x011a01d4, .esn = true, .seq = 13653424755917756987u, .next_header = 115,
	  .keymat = "80fcb2e4a7735bc089ee96793fd39833d34e685cf08446b1",
	  .iv = "245e228f7b9ee0cc",
	  .payload = "7eb111ddbcb687d7e76a312aebc935149209c8a9a8ecf478a876bfe0fe4221106cf6879960639bf2",
	  .packet = "011a01d400009a3b245e228f7b9ee0ccf80a95b792208f5bf1d7c3c4dbf69caae0812dceec74db0c"
		"b6f7df8b925787a85d51e14a79e9f33d8ea98c11fa89cab026f6dbc8b4f63667c0de9ed6" },
	{ .suite = "des-md5", .spi = 0x01f21d76, .esn = false, .seq = 51955u, .next_header = 115,
	  .keymat = "eb443b178df5d65681906e52d726d348234d4fb1620126b2",
	  .iv = "4bb6e6e02c6a71e5",
	  .payload = "",
	  .packet = "01f21d760000caf34bb6e6e02c6a71e513dad74d29b44287608a0df92f111550fef6271f" },
	{ .suite = "des-md5", .spi = 0x011fb5ad, .esn = false, .seq = 51319u, .next_header = 0,
	  .keymat = "eb443b178df5d65681906e52d726d348234d4fb1620126b2",
	  .iv = "bcf034bab46b1bc5",
	  .payload = "331c22d42887e8b5cce425d79b",
	  .packet = "011fb5ad0000c877bcf034bab46b1bc576e7baf0b37fd45cd31e8b4b869c90199f890e52d7213fd6"
		"fd3c095b" },
	{ .suite = "des-md5", .spi = 0x01474782, .esn = false, .seq = 39938u, .next_header = 115,
	  .keymat = "eb443b178df5d65681906e52d726d348234d4fb1620126b2",
	  .iv = "38489b3a2441ffa5",
	  .payload = "8f5ab756e9aefc73f1b6aa55bb3d20bb912693792075182e26cecb6e12cc3e526b935072283f3d40"
		"cbb3422e5213445d23332a9f351ac89fcf9a17cc134ebeca2e4b263ccc04b4cb201e95f0d570",
	  .packet = "0147478200009c0238489b3a2441ffa51f23d60ad624105193d5422373ffdb2b74524bb727ae2c01"
		"efae816bbf8554f161b28f511364c032f9f5c6f6890c5d89bbe7bb23b3a6b82b09e2ecf970b50572"
		"3f75abd51f3157655bf59e5970d84f61a609bc8382307ffd4105c2e7" },
	{ .suite = "des-md5", .spi = 0x018451bf, .esn = true, .seq = 17113541694810272855u, .next_header = 0,
	  .keymat = "eb443b178df5d65681906e52d726d348234d4fb1620126b2",
	  .iv = "723f58dbe4538f36",
	  .payload = "4213e2393690c3c6e5bd0c535e",
	  .packet = "018451bf0000b457723f58dbe4538f361c39bc493096e9adb49a7cefcb8cd65c5a724a1c9f53d1d5"
		"3bd9697f" },
	{ .suite = "des-md5", .spi = 0x01db0ad1, .esn = true, .seq = 1473188978122338548u, .next_header = 115,
	  .keymat = "eb443b178df5d65681906e52d726d348234d4fb1620126b2",
	  .iv = "c19a3c9bc09a8097",
	  .payload = "c68c65d1ea44a6244ba8d2a23c256f2be857191f789202d30c4a37726c55c7de9c721a65a7330458",
	  .packet = "01db0ad10000b0f4c19a3c9bc09a809722a1091ddd77d015229498adbe187c83b610c1ef6fab00ac"
		"e5a0ff2bc183dcb1ad62ecaa0f9d36992e9586b93366a1097a528c3c3ea056c87fdaa409" },
	{ .suite = "null-sha512", .spi = 0x014308c7, .esn = false, .seq = 11455u, .next_header = 115,
	  .keymat = "e641f530b3ccd6c39a4a20199d4d775cdd4881a46a13b43dabbdb5ea21062c18ed86c5fdcc5ff7c0"
		"198804791b5647bf3392649eb3abff9f19cc447a1083783a",
	  .iv = "",
	  .payload = "",
	  .packet = "014308c700002cbf01020273887c4f5fee60ad520195c7e18744baab85300c7a300c33069f725912"
		"c479419d" },
	{ .suite = "null-sha512", .spi = 0x01a4dc38, .esn = false, .seq = 9109u, .next_header = 0,
	  .keymat = "e641f530b3ccd6c39a4a20199d4d775cdd4881a46a13b43dabbdb5ea21062c18ed86c5fdcc5ff7c0"
		"198804791b5647bf3392649eb3abff9f19cc447a1083783a",
	  .iv = "",
	  .payload = "3c43f1a36086f7325e7917bf7a",
	  .packet = "01a4dc38000023953c43f1a36086f7325e7917bf7a010100774fc17b2485c43e45dda6f498b4854b"
		"e955d80f96b0e6f7a38188bde138d54b" },
	{ .suite = "null-sha512", .spi = 0x016ae256, .esn = false, .seq = 28088u, .next_header = 115,
	  .keymat = "e641f530b3ccd6c39a4a20199d4d775cdd4881a46a13b43dabbdb5ea21062c18ed86c5fdcc5ff7c0"
		"198804791b5647bf3392649eb3abff9f19cc447a1083783a",
	  .iv = "",
	  .payload = "816653a16bc369d59daa3eed671f68f52f2827af94c4c408fcafc7ad8f8f7f575559dfe400db4617"
		"681a3715f74162b7de86acc2d49e5af4514baad622d48c1eb233b261be246def37e640634524",
	  .packet = "016ae25600006db8816653a16bc369d59daa3eed671f68f52f2827af94c4c408fcafc7ad8f8f7f57"
		"5559dfe400db4617681a3715f74162b7de86acc2d49e5af4514baad622d48c1eb233b261be246def"
		"37e640634524007337d59d8166496fa510daa1ab6bc2b56357eab91f9146f13556558e042eddd6cc" },
	{ .suite = "null-sha512", .spi = 0x01b45143, .esn = true, .seq = 792546548444599205u, .next_header = 0,
	  .keymat = "e641f530b3ccd6c39a4a20199d4d775cdd4881a46a13b43dabbdb5ea21062c18ed86c5fdcc5ff7c0"
		"198804791b5647bf3392649eb3abff9f19cc447a1083783a",
	  .iv = "",
	  .payload = "f3ec28ec2b1ebc0feb0e93856d",
	  .packet = "01b45143000093a5f3ec28ec2b1ebc0feb0e93856d010100e212ccfb16b97a3bf3dd0a2084eb8915"
		"53d35e32f31007736bc51249afbbd4fb" },
	{ .suite = "null-sha512", .spi = 0x01ac0da3, .esn = true, .seq = 141989759084941902u, .next_header = 115,
	  .keymat = "e641f530b3ccd6c39a4a20199d4d775cdd4881a46a13b43dabbdb5ea21062c18ed86c5fdcc5ff7c0"
		"198804791b5647bf3392649eb3abff9f19cc447a1083783a",
	  .iv = "",
	  .payload = "67dd43a7057b28a61eedd8a51804bc5f899f4b840fbab720bc7479549938af5f9306cf3ab188dfdd",
	  .packet = "01ac0da30000524e67dd43a7057b28a61eedd8a51804bc5f899f4b840fbab720bc7479549938af5f"
		"9306cf3ab188dfdd0102027365b0c324a1dbe7c31af2c92e26f1521bbab6b88552331f36be97615f"
		"2133dc4d" },
	{ .suite = "null-sha384", .spi = 0x018c42e5, .esn = false, .seq = 45653u, .next_header = 115,
	  .keymat = "50a025c75cda9db7e4b03bbebf16ed6ee270b59c127996302634b8ae656207292def31d77657cb61"
		"046ddb1a4d932ba6",
	  .iv = "",
	  .payload = "",
	  .packet = "018c42e50000b25501020273e424814fa7209863f83536dedb5e22ec478c261b8766bf3a" },
	{ .suite = "null-sha384", .spi = 0x01122d71, .esn = false, .seq = 53111u, .next_header = 0,
	  .keymat = "50a025c75cda9db7e4b03bbebf16ed6ee270b59c127996302634b8ae656207292def31d77657cb61"
		"046ddb1a4d932ba6",
	  .iv = "",
	  .payload = "438c7ac5d24ef8501bfa544d6e",
	  .packet = "01122d710000cf77438c7ac5d24ef8501bfa544d6e010100728601935316d7cfac628707328928db"
		"d616266cca5d43d3" },
	{ .suite = "null-sha384", .spi = 0x0133163f, .esn = false, .seq = 30395u, .next_header = 115,
	  .keymat = "50a025c75cda9db7e4b03bbebf16ed6ee270b59c127996302634b8ae656207292def31d77657cb61"
		"046ddb1a4d932ba6",
	  .iv = "",
	  .payload = "2a8bfa419fd841a7541044b9a54e1ac6cce8cdedbc53016550a6e1a52e81be0f68d9672765778019"
		"60a4bbf997bb7ebb64390057c9c20461a1fba692211dfada909f670e1968eb0d3bb9ac64099f",
	  .packet = "0133163f000076bb2a8bfa419fd841a7541044b9a54e1ac6cce8cdedbc53016550a6e1a52e81be0f"
		"68d967276577801960a4bbf997bb7ebb64390057c9c20461a1fba692211dfada909f670e1968eb0d"
		"3bb9ac64099f00733741a3ca1e929fe8393e0f99c86d4a586ee4dfc6584d1dda" },
	{ .suite = "null-sha384", .spi = 0x01788d7c, .esn = true, .seq = 15177630991964475389u, .next_header = 0,
	  .keymat = "50a025c75cda9db7e4b03bbebf16ed6ee270b59c127996302634b8ae656207292def31d77657cb61"
		"046ddb1a4d932ba6",
	  .iv = "",
	  .payload = "e228469270f6e25534ab4299ad",
	  .packet = "01788d7c00008ffde228469270f6e25534ab4299ad010100830d21a3b6d765207d00939454d5a7e5"
		"23b4a780c9b48fe3" },
	{ .suite = "null-sha384", .spi = 0x017b818e, .esn = true, .seq = 17287533225152932751u, .next_header = 115,
	  .keymat = "50a025c75cda9db7e4b03bbebf16ed6ee270b59c127996302634b8ae656207292def31d77657cb61"
		"046ddb1a4d932ba6",
	  .iv = "",
	  .payload = "0afe1631c858ca8b1b7ada631a0fe1b7cdb72ec3ceb1cacdd835310250b43e7c6d1030bd1e3508b0",
	  .packet = "017b818e0000eb8f0afe1631c858ca8b1b7ada631a0fe1b7cdb72ec3ceb1cacdd835310250b43e7c"
		"6d1030bd1e3508b0010202738d855bfb5407194226a5c723a72dd69b0907cfc67fd3aa60" },
	{ .suite = "null-xcbc", .spi = 0x01a2cba0, .esn = false, .seq = 64877u, .next_header = 115,
	  .keymat = "f99c5580ce15dd393facd0a30a9e8728",
	  .iv = "",
	  .payload = "",
	  .packet = "01a2cba00000fd6d01020273ad7d0a421a53864f4400f645" },
	{ .suite = "null-xcbc", .spi = 0x01ac7cd7, .esn = false, .seq = 30734u, .next_header = 0,
	  .keymat = "f99c5580ce15dd393facd0a30a9e8728",
	  .iv = "",
	  .payload = "f1233ad57accb3966b701adc3e",
	  .packet = "01ac7cd70000780ef1233ad57accb3966b701adc3e0101008d136df16563d53d5feac6ff" },
	{ .suite = "null-xcbc", .spi = 0x01d19f76, .esn = false, .seq = 56398u, .next_header = 115,
	  .keymat = "f99c5580ce15dd393facd0a30a9e8728",
	  .iv = "",
	  .payload = "2c8864bc99a9abe7541b4227f48a6f220eb8887592e88d01b02ae3ab3b34e00f768648c58fcbf4d5"
		"a98729178c141725e5c930da13d3909f7139e6dab11f8444c1089cc8c7055ffb8fb9191fb5d5",
	  .packet = "01d19f760000dc4e2c8864bc99a9abe7541b4227f48a6f220eb8887592e88d01b02ae3ab3b34e00f"
		"768648c58fcbf4d5a98729178c141725e5c930da13d3909f7139e6dab11f8444c1089cc8c7055ffb"
		"8fb9191fb5d5007373f58e6943c1228cf3786a39" },
	{ .suite = "null-xcbc", .spi = 0x015e7f3a, .esn = true, .seq = 15053617470604585563u, .next_header = 0,
	  .keymat = "f99c5580ce15dd393facd0a30a9e8728",
	  .iv = "",
	  .payload = "0d6e16ae3caa945ded48774411",
	  .packet = "015e7f3a00002a5b0d6e16ae3caa945ded48774411010100ad5bed86eb8989e6bb6c9116" },
	{ .suite = "null-xcbc", .spi = 0x01b47041, .esn = true, .seq = 156444024843054645u, .next_header = 115,
	  .keymat = "f99c5580ce15dd393facd0a30a9e8728",
	  .iv = "",
	  .payload = "f20efd381ecb5640aa5a881e043ebeeae29f33ba9f345068459b3cd16e3bbe459da97e611ab88e2d",
	  .packet = "01b470410000ae35f20efd381ecb5640aa5a881e043ebeeae29f33ba9f345068459b3cd16e3bbe45"
		"9da97e611ab88e2d010202738cfb6bffe16ab3e27dd6be2d" },
	{ .suite = "null-cmac", .spi = 0x0111776e, .esn = false, .seq = 18447u, .next_header = 115,
	  .keymat = "21bf9afea1af8dbc0659cc5d67e3d166",
	  .iv = "",
	  .payload = "",
	  .packet = "0111776e0000480f0102027357252239611814dc5af9654a" },
	{ .suite = "null-cmac", .spi = 0x01d86a42, .esn = false, .seq = 49720u, .next_header = 0,
	  .keymat = "21bf9afea1af8dbc0659cc5d67e3d166",
	  .iv = "",
	  .payload = "0675fb5b14c3e2bbe63c5bf464",
	  .packet = "01d86a420000c2380675fb5b14c3e2bbe63c5bf4640101005f0b8cbddf48caea9fe66648" },
	{ .suite = "null-cmac", .spi = 0x01e06ff7, .esn = false, .seq = 23518u, .next_header = 115,
	  .keymat = "21bf9afea1af8dbc0659cc5d67e3d166",
	  .iv = "",
	  .payload = "72348d35c55a9c8b763e6c98ab66cf95c62d0a9a41b3387ef2ed6dfc8f23f8fad368a0df0f3433ea"
		"75f8336c18fd6cbf1245ab9dfce83ce58d38924b42d5650c2d9414bdc72cdf10ffa841c087c7",
	  .packet = "01e06ff700005bde72348d35c55a9c8b763e6c98ab66cf95c62d0a9a41b3387ef2ed6dfc8f23f8fa"
		"d368a0df0f3433ea75f8336c18fd6cbf1245ab9dfce83ce58d38924b42d5650c2d9414bdc72cdf10"
		"ffa841c087c700736d4396097b1913315cfe2684" },
	{ .suite = "null-cmac", .spi = 0x01882d84, .esn = true, .seq = 1731214593037969023u, .next_header = 0,
	  .keymat = "21bf9afea1af8dbc0659cc5d67e3d166",
	  .iv = "",
	  .payload = "79f24fb1bbb0bf7b23ec9202b9",
	  .packet = "01882d840000267f79f24fb1bbb0bf7b23ec9202b90101008fdeb1876b839cae1c29296e" },
	{ .suite = "null-cmac", .spi = 0x01d6c510, .esn = true, .seq = 7521858444043771626u, .next_header = 115,
	  .keymat = "21bf9afea1af8dbc0659cc5d67e3d166",
	  .iv = "",
	  .payload = "25da35dce6fa86b23321e91327022d8da0a3751f12d0de40d69f54d61795dfb52dea32f00a9601c8",
	  .packet = "01d6c51000005eea25da35dce6fa86b23321e91327022d8da0a3751f12d0de40d69f54d61795dfb5"
		"2dea32f00a9601c801020273bb341daa479e7c2f54c10266" },
	{ .suite = "null-md5", .spi = 0x0105f965, .esn = false, .seq = 49409u, .next_header = 115,
	  .keymat = "466c18dc915e3b73607438f55b99389e",
	  .iv = "",
	  .payload = "",
	  .packet = "0105f9650000c1010102027350e33d724639e5e84f373a17" },
	{ .suite = "null-md5", .spi = 0x01c7a1a8, .esn = false, .seq = 60277u, .next_header = 0,
	  .keymat = "466c18dc915e3b73607438f55b99389e",
	  .iv = "",
	  .payload = "923eeb46bafd39dcb926bb750e",
	  .packet = "01c7a1a80000eb75923eeb46bafd39dcb926bb750e0101005e8b0ec52e419885a2f9a7ef" },
	{ .suite = "null-md5", .spi = 0x01af7e0b, .esn = false, .seq = 11686u, .next_header = 115,
	  .keymat = "466c18dc915e3b73607438f55b99389e",
	  .iv = "",
	  .payload = "63f116252f328e01ba5a2bedbd1b65452a4ddd1fb3bd51e95dd9d644406bd104d8105082b378f66e"
		"ed0daf4020f702e32d7de4f44b2b709e0c67032b72602bc56dd3cc73b686423a6e72d025167f",
	  .packet = "01af7e0b00002da663f116252f328e01ba5a2bedbd1b65452a4ddd1fb3bd51e95dd9d644406bd104"
		"d8105082b378f66eed0daf4020f702e32d7de4f44b2b709e0c67032b72602bc56dd3cc73b686423a"
		"6e72d025167f007341455099bf0be0b984189991" },
	{ .suite = "null-md5", .spi = 0x01b67874, .esn = true, .seq = 16606324697310699959u, .next_header = 0,
	  .keymat = "466c18dc915e3b73607438f55b99389e",
	  .iv = "",
	  .payload = "0b5e22e24701d3aecca030715d",
	  .packet = "01b67874000021b70b5e22e24701d3aecca030715d010100509e20ad1d598da351b9fb14" },
	{ .suite = "null-md5", .spi = 0x01476678, .esn = true, .seq = 1391637990236796989u, .next_header = 115,
	  .keymat = "466c18dc915e3b73607438f55b99389e",
	  .iv = "",
	  .payload = "652e4834958d8debd5f45d0285ecb3d94fc807359bc61eec397385e59a0dfbdd31f877be6288c314",
	  .packet = "014766780000b83d652e4834958d8debd5f45d0285ecb3d94fc807359bc61eec397385e59a0dfbdd"
		"31f877be6288c31401020273fe58b8e4325b92aa25f5aba0" },
};
/* clang-format on */
