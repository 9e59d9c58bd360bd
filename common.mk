# What every room's Makefile.am begins with.
AM_CPPFLAGS = -I$(top_srcdir) -I$(top_builddir) -include config.h
AM_CFLAGS = $(WARN_CFLAGS) $(SAN_FLAGS) -pthread \
	$(OSMO_CFLAGS) $(TALLOC_CFLAGS) $(CRYPTO_CFLAGS) $(URCU_CFLAGS) $(ISAL_CFLAGS) \
	$(PCAP_CFLAGS) $(CAP_CFLAGS)
AM_LDFLAGS = $(SAN_FLAGS) -pthread
# What a room's code may need at link time; a static room brings no libraries along.
CORE_LIBS = $(top_builddir)/core/libcore.a $(OSMO_LIBS) $(TALLOC_LIBS) $(URCU_LIBS)
TRANSPORTS_LIBS = $(top_builddir)/transports/libtransports.a $(ISAL_LIBS) $(PCAP_LIBS)
IPSEC_LIBS = $(top_builddir)/ipsec/libipsec.a $(CRYPTO_LIBS)
L2TP_LIBS = $(top_builddir)/l2tp/libl2tp.a $(CRYPTO_LIBS)
